using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using TwilioEmu.Composition;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu serve</c>: runs the emulator until stopped. One line on stdout says when it is ready and where everything is.</summary>
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
        try
        {
            await using var server = await StartAsync(startup.Config, startup.World, options);
            await System.Console.Out.WriteLineAsync(ReadyLine(server, options, startup.Seed));
            await server.WaitForShutdownAsync(cancellation);
            return ExitCodes.Ok;
        }
        catch (IOException taken)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: cannot listen on {options.Host}: {taken.Message}");
            return ExitCodes.CannotListen;
        }
        catch (CryptographicException fault)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: the CA cannot be used: {fault.Message}");
            return ExitCodes.BadInput;
        }
        catch (ConfigFault fault)
        {
            ConfigFiles.Tell(startup.ConfigPath, fault);
            return ExitCodes.BadInput;
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
        catch (IOException taken) when (options is { IsHttpsPortAsked: false, HttpsPort: > 0 })
        {
            var server = await EmulatorServer.StartAsync(config, world, options.Endpoints with { HttpsPort = null });
            await System.Console.Error.WriteLineAsync($"twilioemu: no TLS port, since {options.HttpsPort} is taken ({taken.Message}); --https-port names another");
            return server;
        }
    }

    private static string ReadyLine(EmulatorServer server, EmulatorOptions options, long seed)
    {
        var plan = server.Config;
        var numbers = plan.Numbers.Count switch
        {
            0 => "no numbers",
            <= 3 => string.Join(' ', plan.Numbers.Select(n => n.Number)),
            var many => $"{many} numbers",
        };
        var account = plan.Accounts[0].Sid;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"twilioemu is ready: REST {server.Url}  TLS {server.TlsUrl ?? "off"}  control {server.Url}/_emu/v1  account {account}  {numbers}  clock {options.Clock}  seed {seed}");
    }
}
