using System.CommandLine;
using System.Security.Cryptography;
using TwilioEmu.Composition;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Commands;

/// <summary>What a command that starts an emulator was asked, all sources weighed.</summary>
/// <param name="ConfigPath">The config file, whether or not it is there.</param>
/// <param name="Options">Ports, clock, CA and the rest.</param>
/// <param name="Config">The world to move in, with what every emulator starts with.</param>
/// <param name="Seed">The one given, or a random one.</param>
internal sealed record Startup(string ConfigPath, EmulatorOptions Options, WorldConfig Config, long Seed)
{
    public WorldOptions World => new()
    {
        Seed = Seed,
        Clock = Options.Clock,
        Start = Options.Asked.Get(ServeSettings.Start),
        Patience = Patience.Usual,
        Logs = new ConsoleLog(System.Console.Error, ConsoleOf(System.Console.IsErrorRedirected), TimeProvider.System),
    };

    /// <summary>How the console speaks on an output: coloured on a terminal, plain in a file or pipe.</summary>
    public ConsoleSettings ConsoleOf(bool isRedirected) => new(
        Options.Log, Options.LogFormat, ConsoleSettings.WantsColour(isRedirected, Environment.GetEnvironmentVariable),
        Options.Clock is ClockMode.Real or ClockMode.Scaled ? TimeZoneInfo.Local : TimeZoneInfo.Utc);

    /// <summary>Reads command line, environment and config file; null after saying on stderr what is wrong with them.</summary>
    public static async Task<Startup?> ReadAsync(OptionTable table, ParseResult parsed)
    {
        var errors = new List<string>();
        var given = table.Read(parsed, ServeOptions.None, errors).Get(ServeSettings.Config);
        var (path, isRequired) = (given ?? ConfigFiles.UsualPath, given is not null);
        if (!ConfigFiles.TryRead(path, isRequired, out var config)) return null;
        errors.Clear();
        var options = new EmulatorOptions(table.Read(parsed, config.Options, errors));
        errors.AddRange(EmulatorOptions.Lacks(options.Asked));
        errors.AddRange(EmulatorOptions.MissingFolders(options.Asked));
        if (config.Accounts.Count == 0 && Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID") is { Length: > 0 } sid
            && Words.AccountSid(sid) is { } wrongSid)
        {
            errors.Add(
                $"TWILIO_ACCOUNT_SID: {wrongSid}{OptionTable.CureOfVariable(sid)}; the first account gets it: unset it, "
                    + "or let it be any such SID");
        }
        if (config.Accounts.Count == 0 && Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN") is { Length: > 0 } token)
        {
            var cure = OptionTable.CureOfVariable(token);
            // A token is told to nobody, wrong as it may be.
            const string Wanted = "the first account gets it: unset it, or let it be 1 to 128 characters without a colon";
            if (cure.Length > 0 || Words.AuthToken(token) is not null) errors.Add($"TWILIO_AUTH_TOKEN is no token{cure}; {Wanted}");
        }
        foreach (var error in errors) await System.Console.Error.WriteLineAsync($"twilioemu: {error}");
        if (errors.Count > 0) return null;
        if (!isRequired && !File.Exists(path) && ConfigFiles.Unread(Directory.GetCurrentDirectory()) is { } unread)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {unread}");
        }
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var unknown in UnknownVariables.Tell(variables, OptionTable.Variables))
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {unknown}");
        }
        foreach (var option in options.NotBuilt)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {option} is not built yet and has no effect");
        }
        if (options.Asked.Get(ServeSettings.Memory) is { } memory) new MemoryBudget(memory).Limit();
        return new Startup(
            path, options, WorldSetup.WithDefaults(options.Over(config), withNumber: !isRequired && !File.Exists(path)),
            options.Asked.Get(ServeSettings.Seed) ?? RandomNumberGenerator.GetInt32(1, int.MaxValue));
    }
}
