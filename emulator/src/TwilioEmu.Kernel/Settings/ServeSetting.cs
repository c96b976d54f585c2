using System.Globalization;

namespace TwilioEmu.Kernel.Settings;

/// <summary>
/// An option of <c>serve</c> (setting, flag, environment variable), told once: from its row come the command line, the environment, the
/// config file, <c>--help</c>, the pages of options and words, and a test of each.
/// </summary>
/// <remarks>
/// The row is the key too: who does what it asks for reads <see cref="ServeOptions.Get{T}"/> of <see cref="WorldOptions.Asked"/>. So a room
/// may declare its own beside what heeds it; all are listed where the config language is.
/// </remarks>
/// <param name="Key">Of the config file: <c>https_port</c>.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does; the default in brackets.</param>
public abstract record ServeSetting(string Key, string Takes, string Means)
{
    /// <summary>What the names of all variables begin with.</summary>
    public const string VariablePrefix = "TWILIOEMU_";

    /// <summary>On the command line: <c>--https-port</c>.</summary>
    public string Flag => "--" + Key.Replace('_', '-');

    /// <summary>In the environment: <c>TWILIOEMU_HTTPS_PORT</c>.</summary>
    public string Variable => VariablePrefix + Key.ToUpperInvariant();

    /// <summary>A value that is taken and is not the usual one, which tests give it.</summary>
    public required string Good { get; init; }

    /// <summary>A value that is refused; null where any text will do.</summary>
    public string? Bad { get; init; }

    /// <summary>The words that may stand behind it, where they are few.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>False where a file cannot say it, or says it in a mapping of its own.</summary>
    public bool IsInFiles { get; init; } = true;

    /// <summary>True for what only a world's beginning can say: a story that is told to a running emulator cannot ask for it.</summary>
    public bool IsOfWorld { get; init; }

    /// <summary>False for a contract whose room is still empty: it is not shown, and who asks for it is warned.</summary>
    public bool IsBuilt { get; init; } = true;

    /// <summary>The options with a text put in; as they were where it is wrong.</summary>
    /// <param name="options">As they are.</param>
    /// <param name="text">As written.</param>
    /// <param name="wrong">What is wrong with it, or null.</param>
    public abstract ServeOptions Put(ServeOptions options, string text, out string? wrong);

    /// <summary>Its value in these options, for who goes over rows and knows no type.</summary>
    public abstract object? ValueIn(ServeOptions options);

    /// <summary>One word of a few.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="words">What may stand behind it.</param>
    /// <param name="means">What it does.</param>
    /// <param name="good">One that is not the usual one.</param>
    public static ServeSetting<string?> OneOf(string key, IReadOnlyList<string> words, string means, string good) =>
        new(key, Listed(words), means, null, text => (text, WrongWord(text, words))) { Good = good, Bad = "neither", Choices = words };

    /// <summary>One of two words.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="first">The word told first, and what it stands for.</param>
    /// <param name="second">The other.</param>
    /// <param name="usual">What holds where nobody says.</param>
    /// <param name="means">What it does.</param>
    public static ServeSetting<bool> Choice(
        string key, (string Word, bool Value) first, (string Word, bool Value) second, bool usual, string means)
    {
        string[] words = [first.Word, second.Word];
        return new(key, Listed(words), means, usual, text => (text == first.Word ? first.Value : second.Value, WrongWord(text, words)))
        {
            Good = first.Value == usual ? second.Word : first.Word,
            Bad = "neither",
            Choices = words,
        };
    }

    /// <summary>A whole number.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="least">The smallest that is taken.</param>
    /// <param name="most">The largest.</param>
    /// <param name="usual">What holds where nobody says.</param>
    /// <param name="means">What it does.</param>
    public static ServeSetting<int> Whole(string key, int least, int most, int usual, string means)
    {
        var takes = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return new(key, takes, means, usual, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most
                ? (number, null)
                : (usual, $"\"{text}\" is not a whole number from {takes}"))
        {
            Good = (usual == most ? least : most).ToString(CultureInfo.InvariantCulture),
            Bad = (most + 1L).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string? WrongWord(string text, IReadOnlyList<string> words) =>
        words.Contains(text) ? null : $"\"{text}\" is not {Listed(words)}";

    private static string Listed(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}

/// <summary>An option, and what its value is for the program.</summary>
/// <param name="Key">Of the config file.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does; the default in brackets.</param>
/// <param name="Usual">The value where nobody says one.</param>
/// <param name="Read">What a text says, or what is wrong with it.</param>
/// <typeparam name="T">Of the value; nullable where what holds unsaid depends on the rest.</typeparam>
public sealed record ServeSetting<T>(string Key, string Takes, string Means, T Usual, Func<string, (T Value, string? Wrong)> Read)
    : ServeSetting(Key, Takes, Means)
{
    /// <inheritdoc/>
    public override ServeOptions Put(ServeOptions options, string text, out string? wrong)
    {
        (var value, wrong) = Read(text);
        return wrong is null ? options.With(this, value) : options;
    }

    /// <inheritdoc/>
    public override object? ValueIn(ServeOptions options) => options.Get(this);
}
