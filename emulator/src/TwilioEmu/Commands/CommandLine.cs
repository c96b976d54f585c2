using System.CommandLine;

namespace TwilioEmu.Commands;

/// <summary>Every command of the program.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand("A telephone network and a Twilio in one process: test apps built on Twilio without Twilio.");
        // Without a command the emulator serves.
        new ServeCommand().AddTo(root);
        root.Subcommands.Add(new ServeCommand().Build("serve", "runs the emulator until stopped (the default)"));
        root.Subcommands.Add(RunCommand.Build());
        root.Subcommands.Add(CheckCommand.Build());
        root.Subcommands.Add(HealthCommand.Build());
        root.Subcommands.Add(new ExecCommand().Build());
        root.Subcommands.Add(CaCommand.Build());
        root.Subcommands.Add(EnvCommand.Build());
        root.Subcommands.Add(CarryCommands.BuildExport());
        root.Subcommands.Add(CarryCommands.BuildImport());
        return root;
    }
}
