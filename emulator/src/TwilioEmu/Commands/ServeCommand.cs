using System.CommandLine;
using System.Security.Cryptography;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Commands;

/// <summary>
/// <c>twilioemu serve</c>: runs the emulator until stopped.
/// Stdout says in one line when it is ready and where everything is, then what happens.
/// </summary>
internal sealed class ServeCommand
{
    private readonly OptionTable _options = new();

    public Command Build(string name, string description)
    {
        var command = new Command(name, description);
        AddTo(command);
        return command;
    }

    public void AddTo(Command command)
    {
        _options.AddTo(command);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await Startup.ReadAsync(_options, parsed) is not { } startup) return ExitCodes.BadInput;
        var options = startup.Options;
        var isOpen = false;
        try
        {
            await using var server = await StartAsync(startup.Config, startup.World, options);
            isOpen = true;
            // Only one that nobody knows yet is told: a given one is a secret of the user's.
            if (options.IsControlTokenMade)
            {
                await System.Console.Out.WriteLineAsync($"twilioemu control token: {options.Access.ControlToken}");
            }
            await TellReadyAsync(server, startup);
            await using var printer = await JournalPrinter.StartAsync(
                () => server.House.World, startup.ConsoleOf(System.Console.IsOutputRedirected) with { PageOrigin = server.PageOrigin },
                System.Console.Out, new OperationStatuses().Of, TimeProvider.System);
            await server.WaitForShutdownAsync(cancellation);
            return ExitCodes.Ok;
        }
        catch (IOException full) when (isOpen)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: what happens cannot be written to stdout: {full.Message}");
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (StartFault.IsUsers(fault))
        {
            return await StartFault.TellAsync(fault, startup, options);
        }
    }

    /// <summary>A TLS port that nobody asked for is given up when another program has it; the proxy does without.</summary>
    private static async Task<EmulatorServer> StartAsync(WorldConfig config, WorldOptions world, EmulatorOptions options)
    {
        // A CA that cannot be read is told now, not to the first client.
        try
        {
            if (options.Ca.IsKept) options.Ca.Open(TimeProvider.System).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CryptographicException(fault.Message, fault);
        }
        try
        {
            return await EmulatorServer.StartAsync(config, world, options.Endpoints);
        }
        catch (IOException) when (options is { IsHttpsPortAsked: false, HttpsPort: > 0 })
        {
            var server = await EmulatorServer.StartAsync(config, world, options.Endpoints with { HttpsPort = null });
            await System.Console.Error.WriteLineAsync($"twilioemu: no TLS port, since another program has {options.HttpsPort}; "
                + "--https-port names another");
            return server;
        }
    }

    /// <summary>A token that nobody knows yet goes along in the fragment, which browsers keep to themselves (RFC 9110 4.2.5).</summary>
    private static string? UiLink(EmulatorServer server, EmulatorOptions options) =>
        server.UiUrl is { } url ? options.IsControlTokenMade ? $"{url}#token={options.Access.ControlToken}" : url : null;

    private static async Task TellReadyAsync(EmulatorServer server, Startup startup)
    {
        var (options, output) = (startup.Options, System.Console.Out);
        var line = ReadyWords.Line(server, options, server.House.World.Options.Seed);
        await output.WriteLineAsync(options.LogFormat == ConsoleFormat.Json
            ? JournalPrinter.JsonLine(line, TimeProvider.System.GetUtcNow())
            : line);
        if (options.Log == ConsoleDetail.Quiet || options.LogFormat == ConsoleFormat.Json) return;
        var lines = ReadyWords.Lines(
            server.Config, UiLink(server, options), server.Url, server.TlsUrl, File.Exists(startup.ConfigPath) ? startup.ConfigPath : null,
            Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN"));
        foreach (var word in lines) await output.WriteLineAsync(word);
    }
}
