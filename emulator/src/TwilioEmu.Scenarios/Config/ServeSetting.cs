using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// An option of <c>serve</c>, told once: from its row come the command line, the environment, the config file,
/// <c>--help</c> and the pages of options and words.
/// </summary>
/// <param name="Key">Of the config file: <c>https_port</c>.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does; the default in brackets.</param>
/// <param name="Parse">The options with a text put in, or what is wrong with it.</param>
public sealed record ServeSetting(
    string Key, string Takes, string Means, Func<ServeOptions, string, (ServeOptions Options, string? Wrong)> Parse)
    : Setting<ServeOptions>(Key, Takes, Means, (options, fields, key) => FromFile(options, fields, key, Parse))
{
    /// <summary>What the names of all variables begin with.</summary>
    public const string VariablePrefix = "TWILIOEMU_";

    /// <summary>On the command line: <c>--https-port</c>.</summary>
    public string Flag => "--" + Key.Replace('_', '-');

    /// <summary>In the environment: <c>TWILIOEMU_HTTPS_PORT</c>.</summary>
    public string Variable => VariablePrefix + Key.ToUpperInvariant();

    /// <summary>False where a file cannot say it, or says it in a mapping of its own.</summary>
    public bool IsInFiles { get; init; } = true;

    /// <summary>True for what only a world's beginning can say: a story that is told to a running emulator cannot ask for it.</summary>
    public bool IsOfWorld { get; init; }

    /// <summary>False for a contract whose room is still empty: it is not shown, and who asks for it is warned.</summary>
    public bool IsBuilt { get; init; } = true;

    /// <summary>The options with a text put in, said.</summary>
    /// <param name="options">As they are.</param>
    /// <param name="text">As written.</param>
    /// <param name="wrong">What is wrong with it, or null; then the options are as they were.</param>
    public ServeOptions Put(ServeOptions options, string text, out string? wrong)
    {
        (var put, wrong) = Parse(options, text);
        return wrong is null ? put with { Said = [.. put.Said, Key] } : options;
    }

    private static ServeOptions FromFile(
        ServeOptions options, Fields fields, string key, Func<ServeOptions, string, (ServeOptions Options, string? Wrong)> parse) =>
        fields.Word(key, text => parse(options, text).Wrong) is { } text && parse(options, text) is { Wrong: null } put
            ? put.Options with { Said = [.. put.Options.Said, key] }
            : options;
}
