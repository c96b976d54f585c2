using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Deeds of phones read from a mapping, of YAML or JSON.</summary>
public sealed class DeedFields(Fields fields) : IDeedSource
{
    /// <inheritdoc/>
    public string? Text(string key) => fields.Text(key, Words.NonEmpty);

    /// <inheritdoc/>
    public string? Digits(string key) => fields.Text(key, Words.Digits);

    /// <inheritdoc/>
    public TextPattern? Pattern(string key) => ScriptReader.ReadPattern(fields, key);

    /// <inheritdoc/>
    public TimeSpan? Duration(string key) => fields.Duration(key);

    /// <inheritdoc/>
    public bool IsTrue(string key)
    {
        if (fields.Flag(key) is not false) return fields.Flag(key) == true;
        fields.Fault(key, $"{fields.PathOf(key)} must be true");
        return false;
    }
}

/// <summary>Deeds of phones written as members of a JSON object.</summary>
public sealed class DeedJson(Utf8JsonWriter json) : IDeedSink
{
    /// <inheritdoc/>
    public void Text(string key, string value) => json.WriteString(key, value);

    /// <inheritdoc/>
    public void Duration(string key, TimeSpan value) => json.WriteString(key, Durations.Write(value));

    /// <inheritdoc/>
    public void True(string key) => json.WriteBoolean(key, true);
}
