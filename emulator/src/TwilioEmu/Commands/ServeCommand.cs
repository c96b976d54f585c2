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
        var (path, isRequired) = _options.ConfigFile(parsed);
        if (!ConfigFiles.TryRead(path, isRequired, out var config)) return ExitCodes.BadInput;
        var errors = new List<string>();
        var options = _options.Read(parsed, config.Options, errors);
        foreach (var error in errors) await System.Console.Error.WriteLineAsync($"twilioemu: {error}");
        if (errors.Count > 0) return ExitCodes.BadInput;
        foreach (var option in options.NotBuilt) await System.Console.Error.WriteLineAsync($"twilioemu: {option} is not built yet and has no effect");

        var seed = options.Seed ?? RandomNumberGenerator.GetInt32(1, int.MaxValue);
        try
        {
            await using var server = await StartAsync(
                MovingIn.WithDefaults(options.Over(config), withNumber: !isRequired && !File.Exists(path)), new WorldOptions { Seed = seed, Clock = options.Clock }, options);
            await System.Console.Out.WriteLineAsync(ReadyLine(server, options, seed));
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
            await System.Console.Error.WriteLineAsync($"twilioemu: {path}: {fault.Message}");
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
