export { DemoModule } from './demo.module';
export { DemoOffice } from './demo-office';
