using System.CommandLine;
using TwilioEmu.Commands;
using TwilioEmu.Hosting;

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
var parsed = root.Parse(args);
// A command that is run for the user ends at its own pace.
return parsed.CommandResult.Command.Name == "exec"
    ? await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CommandProcess.EndLimit })
    : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EmulatorServer.StopLimit * 2 });

/// <summary>Kept inside: the web SDK would publish it, and a test that hosts this program beside an app of the user's would find two.</summary>
internal sealed partial class Program;
