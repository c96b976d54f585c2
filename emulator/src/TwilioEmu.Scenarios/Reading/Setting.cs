namespace TwilioEmu.Scenarios.Reading;

/// <summary>
/// A word of a mapping, told once: what reads it, what explains it and what finds mistyped ones run over the same row (setting, key).
/// </summary>
/// <param name="Key">As written: <c>sms_url</c>.</param>
/// <param name="Takes">What stands behind it, for people.</param>
/// <param name="Means">What it does, with what holds where it is absent in brackets.</param>
public record Setting(string Key, string Takes, string Means)
{
    /// <summary>The same for programs.</summary>
    public ValueShape Shape { get; init; } = ValueShape.Any;

    /// <summary>True where the mapping is a fault without it.</summary>
    public bool IsNeeded { get; init; }
}

/// <summary>A setting of one sort of thing.</summary>
/// <param name="Key">As written.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does.</param>
/// <param name="Set">The thing with what the mapping says at the key; as it was where that is absent or wrong.</param>
/// <typeparam name="T">What is set.</typeparam>
public record Setting<T>(string Key, string Takes, string Means, Func<T, Fields, string, T> Set) : Setting(Key, Takes, Means);
