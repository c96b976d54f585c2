using System.CommandLine;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Hosting;
using TwilioEmu.Options;
using TwilioEmu.Redirection;

namespace TwilioEmu.Commands;

/// <summary>
/// <c>twilioemu exec [options] -- COMMAND...</c>: an emulator of its own for one command, which is led to it;
/// its exit code is the command's.
/// </summary>
/// <remarks>
/// Ports are free ones unless they are named. The command inherits the terminal, and besides the variables of <c>env</c> it finds
/// <c>TWILIOEMU_URL</c>, where the control API is. A signal that would end us goes to the command first, which is waited for.
/// </remarks>
internal sealed class ExecCommand
{
    private readonly OptionTable _options = new();
    private readonly Option<string?> _keep =
        OptionTable.Text("--keep", "folder that gets the journal and the webhooks when the command fails");
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "program and arguments, after --",
        Arity = ArgumentArity.OneOrMore,
    };

    public Command Build()
    {
        var command = new Command(
            "exec",
            "starts an emulator on free ports, runs a command with an environment that points any official SDK at it (TWILIOEMU_URL: its "
                + "control API), and exits with the command's code") { _command, _keep };
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await Startup.ReadAsync(_options, parsed) is not { } startup) return ExitCodes.BadInput;
        var options = startup.Options;
        if (!options.IsPortAsked) options = options with { Port = 0 };
        if (!options.IsHttpsPortAsked) options = options with { HttpsPort = 0 };

        var folder = Directory.CreateTempSubdirectory("twilioemu-");
        try
        {
            await using var server = await EmulatorServer.StartAsync(startup.Config, startup.World, options.Endpoints);
            // The command owns stdout; what happens is told beside it.
            await using var printer = await JournalPrinter.StartAsync(
                () => server.House.World, startup.ConsoleOf(System.Console.IsErrorRedirected) with { PageOrigin = server.PageOrigin },
                System.Console.Error, new OperationStatuses().Of, TimeProvider.System);
            foreach (var note in Variables.Notes(Environment.GetEnvironmentVariable))
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: {note}");
            }
            var code = await CommandProcess.RunAsync(
                parsed.GetRequiredValue(_command), await EnvironmentAsync(server, options, new TrustFiles(folder.FullName)), cancellation);
            if (code != 0 && parsed.GetValue(_keep) is { } keep) await KeepAsync(server, keep);
            await printer.DisposeAsync();
            var summary = $"twilioemu: {printer.Tally.Summary}";
            await System.Console.Error.WriteLineAsync(options.LogFormat == ConsoleFormat.Json
                ? JournalPrinter.JsonLine(summary, TimeProvider.System.GetUtcNow())
                : summary);
            return code;
        }
        catch (Exception fault) when (StartFault.IsUsers(fault))
        {
            return await StartFault.TellAsync(fault, startup, options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> EnvironmentAsync(
        EmulatorServer server, EmulatorOptions options, TrustFiles files)
    {
        files.Write(server.CaPem, Environment.GetEnvironmentVariable("SSL_CERT_FILE"), files);
        var (sid, token) = await server.House.World.Loop.RunAsync(
            () => server.House.Accounts.NewestFirst.Select(a => (a.Sid.Value, a.AuthToken)).Last(), CancellationToken.None);
        return Variables.For(new Uri(server.Url), sid, token, files, options.Access.ControlToken, Environment.GetEnvironmentVariable)
            .Append(new("TWILIOEMU_URL", server.Url));
    }

    private static async Task KeepAsync(EmulatorServer server, string folder)
    {
        var entries = await server.House.World.Loop.RunAsync(
            () => server.House.World.Journal.After(0).Select(e => (e.Kind, Line: e.ToJson())).ToList(), CancellationToken.None);
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "journal.jsonl"), entries.Select(e => e.Line));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "webhooks.jsonl"),
            entries.Where(e => e.Kind.StartsWith("webhook.", StringComparison.Ordinal)).Select(e => e.Line));
        await System.Console.Error.WriteLineAsync($"twilioemu: the journal is in {Path.Combine(folder, "journal.jsonl")}");
    }
}
