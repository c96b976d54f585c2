// TwilioEmu.Console is a room of the house, and hides the console of the system from everything named TwilioEmu.
global using Out = System.Console;
