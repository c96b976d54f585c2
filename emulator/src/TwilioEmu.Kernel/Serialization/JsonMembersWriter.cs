using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>Writes members as JSON, by their names, exact: what carries a record to another machine, or to another version.</summary>
/// <remarks>
/// <code>
/// text, flag, number as such; instant "2026-01-05T09:00:00.0000001Z"; span "1.02:03:04"; day
/// "2026-01-05"; a word of a table as it is spelt list [...]; part and map {...}; nothing null
/// </code>
/// </remarks>
public sealed class JsonMembersWriter(Utf8JsonWriter json) : Members
{
    /// <summary>How an instant is spelt: UTC, to 100 ns, without zeros at the end.</summary>
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value)
    {
        Name(name);
        json.WriteStringValue(value);
        return value;
    }

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value)
    {
        Name(name);
        json.WriteNumberValue(value ?? 0m);
        return value ?? 0m;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value)
    {
        Name(name);
        json.WriteStartObject();
        foreach (var (key, text) in value!) json.WriteString(key, text);
        json.WriteEndObject();
        return value;
    }

    /// <inheritdoc/>
    protected override long Long(string name, long value, MemberKind kind)
    {
        Name(name);
        switch (kind)
        {
            case MemberKind.Flag:
                json.WriteBooleanValue(value == 1);
                break;
            case MemberKind.Instant:
                json.WriteStringValue(new DateTime(value, DateTimeKind.Utc).ToString(InstantFormat, CultureInfo.InvariantCulture));
                break;
            case MemberKind.Span:
                json.WriteStringValue(new TimeSpan(value).ToString("c", CultureInfo.InvariantCulture));
                break;
            case MemberKind.Day:
                json.WriteStringValue(DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case MemberKind.Fraction when double.IsFinite(BitConverter.Int64BitsToDouble(value)):
                json.WriteNumberValue(BitConverter.Int64BitsToDouble(value));
                break;
            case MemberKind.Fraction:
                json.WriteStringValue(BitConverter.Int64BitsToDouble(value).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteNumberValue(value);
                break;
        }
        return value;
    }

    /// <inheritdoc/>
    protected override int Choice(string name, int value, IReadOnlyList<string> words)
    {
        Name(name);
        json.WriteStringValue(words[value]);
        return value;
    }

    /// <inheritdoc/>
    protected override bool Has(string name, bool isThere)
    {
        if (isThere) return true;
        Name(name);
        json.WriteNullValue();
        return false;
    }

    /// <inheritdoc/>
    protected override bool BeginPart(string name, bool isThere)
    {
        if (!Has(name, isThere)) return false;
        Name(name);
        json.WriteStartObject();
        return true;
    }

    /// <inheritdoc/>
    protected override void EndPart() => json.WriteEndObject();

    /// <inheritdoc/>
    protected override int BeginList(string name, int count)
    {
        Name(name);
        json.WriteStartArray();
        return count;
    }

    /// <inheritdoc/>
    protected override void EndList() => json.WriteEndArray();

    // Items of a list have no names.
    private void Name(string name)
    {
        if (name.Length > 0) json.WritePropertyName(name);
    }
}
