using System.CommandLine;
using System.Globalization;
using System.Net;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Options;

/// <summary>Every option of <c>serve</c>: on the command line, in the environment as <c>TWILIOEMU_NAME</c>, as a key of the config file.</summary>
/// <remarks>The command line beats the environment, the environment beats the file, the file beats the default.</remarks>
internal sealed class OptionTable
{
    internal const int MaxPort = 65_535;

    /// <summary>What the names of all variables begin with.</summary>
    internal const string VariablePrefix = "TWILIOEMU_";

    private readonly Option<string?> _port = Text("--port", "HTTP port: REST, control API, forward proxy; 0 picks a free one (4010)");
    private readonly NetworkOptions _network = new();
    private readonly ControlOptions _control = new();
    private readonly SipOptions _sip = new();
    private readonly ConsoleOptions _console = new();
    private readonly Option<string?> _host = Text("--host", "bind address (127.0.0.1)");
    private readonly Option<string?> _clock = Text("--clock", "real, xN, auto or manual (real)");
    private readonly Option<string?> _seed = Text("--seed", "source of SIDs and chances (random, printed)");
    private readonly Option<string?> _start = Text("--start", "where time begins: 2026-01-05T09:00Z (now)");
    private readonly Option<string?> _config = Text("--config", "config file (twilioemu.yaml if present)");
    private readonly Option<string?> _publicNames = Text(
        "--public-names", "where the app behind a public name really listens, comma-separated: https://app.local=http://127.0.0.1:3000; webhooks go there, signed with the public name");

    private readonly Option<string?> _unbuilt = Unbuilt();

    private readonly Option<string?> _callbacks = Text(
        "--callbacks", "ordered: status callbacks of one message wait for each other's answers; off: in real and scaled time they overlap, as live ones do (off)");

    private readonly Option<string?> _memory = Text(
        "--memory", "about how many bytes the process may use: 512m, 2g; journal and records are trimmed to fit (what the machine or container gives)");

    // Contracts whose rooms are still empty. A value other than "off" is answered with a warning, never with silence.
    private readonly Option<string?>[] _notBuilt =
    [
        Text("--smpp-port", "SMPP port (not built yet)"),
    ];

    /// <summary>Adds all options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        foreach (var option in _notBuilt)
        {
            option.Hidden = true;
            command.Options.Add(option);
        }
    }

    /// <summary>Every option that does something, in the order of <c>--help</c>.</summary>
    public IEnumerable<Option<string?>> All => new[] { _port, _host, _clock, _seed, _start, _config, _publicNames, _unbuilt, _callbacks, _memory }.Concat(_network.All).Concat(_sip.All).Concat(_control.All).Concat(_console.All);

    /// <summary>The variables that are options.</summary>
    public IReadOnlyCollection<string> Variables => [.. All.Concat(_notBuilt).Select(VariableOf)];

    /// <summary>The variable of an option: <c>TWILIOEMU_HTTPS_PORT</c>.</summary>
    public static string VariableOf(Option option) => VariablePrefix + KeyOf(option).ToUpperInvariant();

    /// <summary>The key of an option in the config file: <c>https_port</c>.</summary>
    public static string KeyOf(Option option) => option.Name.TrimStart('-').Replace('-', '_');

    /// <summary>The config file to read, and whether it must exist.</summary>
    public (string Path, bool IsRequired) ConfigFile(ParseResult parsed) => Given(parsed, _config) is { } path ? (path, true) : ("twilioemu.yaml", false);

    /// <summary>Weighs all sources.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">What the config file says.</param>
    /// <param name="errors">Takes one line for each bad value.</param>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, List<string> errors)
    {
        var options = new EmulatorOptions();
        options = options with { Port = file.Port ?? options.Port, IsPortAsked = file.Port is not null, Host = file.Host ?? options.Host, Clock = file.Clock ?? options.Clock, Seed = file.Seed, Start = file.Start };
        if (Given(parsed, _port) is { } port)
        {
            if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxPort) options = options with { Port = number, IsPortAsked = true };
            else errors.Add($"--port is a number from 0 to {MaxPort}, not \"{port}\"");
        }
        if (Given(parsed, _host) is { } host)
        {
            if (host == "localhost" || IPAddress.TryParse(host, out _)) options = options with { Host = host };
            else errors.Add($"--host is an IP address or localhost, not \"{host}\"");
        }
        if (Given(parsed, _clock) is { } clock)
        {
            if (ClockMode.TryParse(clock, out var mode)) options = options with { Clock = mode };
            else errors.Add($"--clock is real, xN (x10), auto or manual, not \"{clock}\"");
        }
        if (Given(parsed, _seed) is { } seed)
        {
            if (long.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) options = options with { Seed = number };
            else errors.Add($"--seed is a whole number, not \"{seed}\"");
        }
        options = _console.Read(parsed, file, options, errors);
        if (Given(parsed, _start) is { } start)
        {
            if (Words.TryInstant(start, out var instant)) options = options with { Start = instant };
            else errors.Add($"--start: {Words.Instant(start)}");
        }
        options = options with { StoresUnbuilt = ReadUnbuilt(parsed, _unbuilt, errors), OrdersCallbacks = ReadCallbacks(Given(parsed, _callbacks), errors), Memory = ReadMemory(Given(parsed, _memory), errors) };
        options = _network.Read(parsed, file, options, errors) with { PublicNames = ReadPublicNames(Given(parsed, _publicNames) ?? "", errors) };
        options = _control.Read(parsed, file, options, errors);
        options = _sip.Read(parsed, file, options, errors);
        return options with { NotBuilt = [.. _notBuilt.Where(o => Given(parsed, o) is { } v && v != "0").Select(o => o.Name)] };
    }

    private static Dictionary<string, string> ReadPublicNames(string text, List<string> errors)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, target) = pair.Split('=', StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (pair, "");
            var wrong = target.Length == 0 ? $"\"{pair}\" is not NAME=TARGET, such as https://app.local=http://127.0.0.1:3000" : Words.PublicName(name) ?? Words.Origin(target);
            if (wrong is not null) errors.Add($"--public-names: {wrong}");
            else names[name.TrimEnd('/')] = target.TrimEnd('/');
        }
        return names;
    }

    /// <summary><c>--unbuilt refuse|store</c>, of every command that has a world.</summary>
    internal static Option<string?> Unbuilt() =>
        Text("--unbuilt", "operations whose main effect is not emulated: refuse answers 501 and says so, store keeps them as if all were well (refuse)");

    /// <summary>True for <c>store</c>, false for <c>refuse</c>, null where nobody says.</summary>
    internal static bool? ReadUnbuilt(ParseResult parsed, Option<string?> option, List<string> errors)
    {
        var word = Given(parsed, option);
        if (word is not (null or "refuse" or "store")) errors.Add($"--unbuilt is refuse or store, not \"{word}\"");
        return word is null ? null : word == "store";
    }

    /// <summary>True for <c>ordered</c>, false for <c>off</c>, null where nobody says.</summary>
    private static long? ReadMemory(string? text, List<string> errors)
    {
        if (text is null) return null;
        if (ByteSizes.TryParse(text, out var bytes)) return bytes;
        errors.Add($"--memory is a size of {ByteSizes.Least} or more, such as 512m or 2g, not \"{text}\"");
        return null;
    }

    private static bool? ReadCallbacks(string? word, List<string> errors)
    {
        if (word is not (null or "ordered" or "off")) errors.Add($"--callbacks is ordered or off, not \"{word}\"");
        return word is null ? null : word == "ordered";
    }

    /// <summary>An option of one word.</summary>
    internal static Option<string?> Text(string name, string description) => new(name) { Description = description };

    /// <summary>What the command line or the environment gives an option.</summary>
    internal static string? Given(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is { } value) return value;
        var environment = Environment.GetEnvironmentVariable(VariableOf(option));
        return string.IsNullOrEmpty(environment) ? null : environment;
    }
}
