using System.Collections.Immutable;

namespace TwilioEmu.Kernel.Settings;

/// <summary>
/// What was asked of <c>twilioemu serve</c>, on the command line, in the environment or in a file, by the rows that tell of it
/// (<see cref="ServeSetting"/>). Immutable: each change gives another.
/// </summary>
public sealed class ServeOptions
{
    private readonly ImmutableDictionary<string, object?> _said;

    private ServeOptions(ImmutableDictionary<string, object?> said) => _said = said;

    /// <summary>Nobody asked for anything.</summary>
    public static ServeOptions None { get; } = new(ImmutableDictionary.Create<string, object?>(StringComparer.Ordinal));

    /// <summary>Keys of what was said.</summary>
    public IEnumerable<string> Said => _said.Keys;

    /// <summary>True where somebody said it.</summary>
    public bool Says(ServeSetting setting) => _said.ContainsKey(setting.Key);

    /// <summary>What was said, else what is usual.</summary>
    public T Get<T>(ServeSetting<T> setting) => _said.TryGetValue(setting.Key, out var value) ? (T)value! : setting.Usual;

    /// <summary>These with a value said.</summary>
    public ServeOptions With<T>(ServeSetting<T> setting, T value) => new(_said.SetItem(setting.Key, value));

    /// <summary>These with a value for who does not say one.</summary>
    public ServeOptions Or<T>(ServeSetting<T> setting, T value) => Says(setting) ? this : With(setting, value);
}
