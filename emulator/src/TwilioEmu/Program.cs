using System.CommandLine;
using TwilioEmu.Commands;
using TwilioEmu.Hosting;

var parsed = CommandLine.Build().Parse(args);
if (UsageErrors.Tell(parsed, System.Console.Error)) return EnvCommand.EndEval(parsed, ExitCodes.BadInput);
// A command that is run for the user ends at its own pace.
return parsed.CommandResult.Command.Name == "exec"
    ? await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CommandProcess.EndLimit })
    : await parsed.InvokeAsync(new InvocationConfiguration
    {
        ProcessTerminationTimeout = (EmulatorServer.StopLimit * 2) + EmulatorServer.KeepLimit,
    });

/// <summary>
/// Kept inside: the web SDK would publish it, and a test that hosts this program beside an app of the user's would find two.
/// </summary>
internal sealed partial class Program;
