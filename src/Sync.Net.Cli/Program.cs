using Sync.Net.Cli;
using Sync.Net.Cli.DropIns;

// A link to the native binary acts by its own name; a program that a host runs is never called by one.
return await DropInCommands.TryRunAsync(Environment.GetCommandLineArgs()[0], args) ?? await Tool.RunAsync(args);
