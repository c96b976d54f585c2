using System.Globalization;
using System.Net;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>The shapes that values of options have, beyond those every room knows (<see cref="ServeSetting"/>).</summary>
internal static class OptionShapes
{
    /// <summary>Characters of a control token at least: fewer are guessed (inferred).</summary>
    private const int ShortestToken = 8;

    /// <summary>Bytes of a host name at most (RFC 1035 2.3.4).</summary>
    private const int MaxHostName = 253;

    internal delegate bool Try<T>(string text, out T value);

    /// <param name="Good">A value that is taken and not the usual one.</param>
    /// <param name="Bad">One that is refused; null where any text will do.</param>
    internal readonly record struct Tried(string Good, string? Bad = null);

    public static ServeSetting<string?> Text(string key, string takes, string means, Tried tried, Func<string, string?> check) =>
        new(key, takes, means, null, text => (text, check(text))) { Good = tried.Good, Bad = tried.Bad };

    public static ServeSetting<T?> Value<T>(
        string key, string takes, string means, Tried tried, Try<T> parse, string wanted, Func<string, string>? hint = null)
        where T : struct => Value(key, takes, means, tried, parse, text => $"\"{text}\" is not {wanted}{hint?.Invoke(text)}");

    public static ServeSetting<T?> Value<T>(
        string key, string takes, string means, Tried tried, Try<T> parse, Func<string, string?> wrong)
        where T : struct => new(key, takes, means, null, text => parse(text, out var value) ? (value, null) : (null, wrong(text)))
        {
            Good = tried.Good,
            Bad = tried.Bad,
        };

    /// <summary>The same of what is an object.</summary>
    public static ServeSetting<T?> Thing<T>(
        string key, string takes, string means, Tried tried, Try<T> parse, Func<string, string?> wrong)
        where T : class => new(key, takes, means, null, text => parse(text, out var value) ? (value, null) : (null, wrong(text)))
        {
            Good = tried.Good,
            Bad = tried.Bad,
        };

    public static ServeSetting<PortChoice?> PortOrOff(string key, string means) =>
        Value<PortChoice>(
            key, "0 to 65535, or off", means, new("0", "65536"), TryChoice, "a port: 0 to 65535, or off",
            static t => MeantPort(t) is { Length: > 0 } port ? port : Synonyms.Hint(t, ["off"]));

    public static ServeSetting<IReadOnlyList<string>> Listed(
        string key, string takes, string means, Tried tried, Func<string, string?> check) => new(key, takes, means, [], text =>
        {
            var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return (items, items.Select(check).FirstOrDefault(wrong => wrong is not null));
        })
        {
            Good = tried.Good,
            Bad = tried.Bad,
        };

    /// <summary>Beside an address where its port is wanted.</summary>
    public static string MeantPort(string text)
    {
        var bare = text.TrimEnd('/');
        return bare[(bare.LastIndexOf(':') + 1)..] is { Length: > 0 } port && port.Length < bare.Length && TryPort(port, out _)
            ? $" (did you mean \"{port}\"?)"
            : "";
    }

    /// <summary>Beside an instant with a blank where the T stands.</summary>
    public static string MeantInstant(string text) =>
        text.Trim().Replace(' ', 'T') is var meant && Words.TryInstant(meant, out _) ? $" (did you mean \"{meant}\"?)" : "";

    /// <summary>Beside a number of megabytes without the letter.</summary>
    public static string MeantSize(string text) =>
        text.Length is > 1 and < 6 && text.All(char.IsAsciiDigit) ? $" (did you mean \"{text}m\"?)" : "";

    public static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    public static bool TryRange(string text, out (int First, int Last) range)
    {
        range = default;
        if (text.Split('-') is not [var from, var to] || !TryPort(from, out var first) || !TryPort(to, out var last) || first == 0
            || last <= first)
        {
            return false;
        }
        range = (first, last);
        return true;
    }

    public static bool TrySeed(string text, out long seed) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed);

    public static string? WrongHost(string text) =>
        text == "localhost" || IPAddress.TryParse(text, out _) ? null : $"\"{text}\" is not an IP address or localhost{MeantHost(text)}";

    public static string? WrongAddress(string text) => IPAddress.TryParse(text, out _) ? null : $"\"{text}\" is not an IP address";

    public static string? WrongCors(string text) => text == "*" ? null : Words.PageOrigin(text);

    // It travels in a header and in a URL's fragment (RFC 6750 2.1, b64token).
    public static string? WrongToken(string text) =>
        text == "off"
            || (text.Length is >= ShortestToken and <= 256
                && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c, StringComparison.Ordinal)))
            ? null
            : $"a control token is off, or {ShortestToken} to 256 letters, digits and -._~+/=";

    public static string? WrongHostName(string text)
    {
        var bare = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return bare.Length > MaxHostName || Uri.CheckHostName(bare) == UriHostNameType.Unknown ? $"\"{text}\" is not a host name" : null;
    }

    public static (IReadOnlyDictionary<string, string> Names, string? Wrong) ReadPublicNames(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } target])
            {
                return (names, $"\"{pair}\" is not NAME=TARGET, such as https://app.local=http://127.0.0.1:3000");
            }
            if ((Words.PublicName(name) ?? Words.Origin(target)) is { } wrong) return (names, wrong);
            names[name.TrimEnd('/')] = target.TrimEnd('/');
        }
        return (names, null);
    }

    private static bool TryChoice(string text, out PortChoice choice)
    {
        var isPort = TryPort(text, out var port);
        choice = new PortChoice(isPort ? port : null);
        return isPort || text == "off";
    }

    /// <summary>Beside an address of scheme, host and port where the host is wanted.</summary>
    private static string MeantHost(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var read) && (read.Host == "localhost" || IPAddress.TryParse(read.Host, out _))
            ? $" (did you mean \"{read.Host}\"? --port says the port)"
            : "";
    }
}

/// <summary>A port that somebody named, or <c>off</c>.</summary>
/// <param name="Number">0 for any that is free; null for none at all.</param>
public readonly record struct PortChoice(int? Number);
