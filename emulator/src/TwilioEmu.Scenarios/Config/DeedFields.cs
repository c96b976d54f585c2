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
    public string? Party(string key) => fields.Text(key, Words.NumberOrSip);

    /// <inheritdoc/>
    public string? Digits(string key) => fields.Text(key, Words.Digits);

    /// <inheritdoc/>
    public TextPattern? Pattern(string key) => ScriptReader.ReadPattern(fields, key);

    /// <inheritdoc/>
    public TimeSpan? Duration(string key) => fields.Duration(key);

    /// <inheritdoc/>
    public bool Has(string key) => fields.Has(key);

    /// <inheritdoc/>
    public int? Number(string key, int least, int most) => (int?)fields.Whole(key, least, most);

    /// <inheritdoc/>
    public IReadOnlyList<ScriptStep>? Steps(string key)
    {
        var steps = ScriptReader.ReadInner(fields, key);
        if (steps.Count == 0 && fields.Faults.Count == 0) fields.Fault(key, $"{fields.PathOf(key)} must be a list of steps, and has none");
        return steps.Count > 0 ? steps : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScriptBranch>? Branches(string key)
    {
        var branches = new List<ScriptBranch>();
        foreach (var (item, path) in fields.List(key))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } branch) continue;
            var hears = ScriptReader.ReadPattern(branch, "hears");
            var script = ScriptReader.ReadInner(branch, "script");
            if (hears is null && !branch.Has("hears")) branch.Fault("hears", $"{path} has no hears");
            branch.End();
            if (hears is not null) branches.Add(new ScriptBranch(hears, script));
        }
        if (branches.Count == 0 && fields.Faults.Count == 0)
        {
            fields.Fault(key, $"{fields.PathOf(key)} must be a list of branches, and has none");
        }
        return branches.Count > 0 ? branches : null;
    }

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

    /// <inheritdoc/>
    public void Number(string key, int value) => json.WriteNumber(key, value);

    /// <inheritdoc/>
    public void Steps(string key, IReadOnlyList<ScriptStep> steps)
    {
        json.WriteStartArray(key);
        foreach (var step in steps)
        {
            json.WriteStartObject();
            DeedRegistry.Of(step).Write(step, this);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public void Branches(string key, IReadOnlyList<ScriptBranch> branches)
    {
        json.WriteStartArray(key);
        foreach (var branch in branches)
        {
            json.WriteStartObject();
            json.WriteString("hears", branch.Hears.Source);
            Steps("script", branch.Script);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
