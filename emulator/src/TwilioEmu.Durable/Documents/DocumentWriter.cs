using System.Globalization;
using LiteDB;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Documents;

/// <summary>Writes members as a document that people and tools read: names of the API, instants and lengths as text, exact.</summary>
internal sealed class DocumentWriter : Members
{
    // A list's items have no names; each level is a document or an array.
    private readonly Stack<(BsonDocument? Document, BsonArray? Array)> _open = [];

    /// <summary>A record as a document.</summary>
    public static BsonDocument Of(RecordForm form, IRecord record)
    {
        var writer = new DocumentWriter();
        var document = new BsonDocument();
        writer._open.Push((document, null));
        form.Write(record, writer);
        return document;
    }

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value)
    {
        Add(name, value is null ? BsonValue.Null : new BsonValue(value));
        return value;
    }

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value)
    {
        Add(name, new BsonValue(value ?? 0m));
        return value ?? 0m;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value)
    {
        var map = new BsonDocument();
        foreach (var (key, text) in value!) map[key] = text;
        // A stored resource is its values, told at the top.
        if (name == "values" && _open.Peek().Document is { } document) foreach (var (key, text) in map) document[key] = text;
        else Add(name, map);
        return value;
    }

    /// <inheritdoc/>
    protected override long Long(string name, long value, MemberKind kind)
    {
        Add(name, kind switch
        {
            MemberKind.Flag => new BsonValue(value == 1),
            MemberKind.Fraction => new BsonValue(BitConverter.Int64BitsToDouble(value)),
            MemberKind.Instant => new BsonValue(new DateTime(value, DateTimeKind.Utc)
                .ToString(JsonMembersWriter.InstantFormat, CultureInfo.InvariantCulture)),
            MemberKind.Span => new BsonValue(new TimeSpan(value).ToString("c", CultureInfo.InvariantCulture)),
            MemberKind.Day => new BsonValue(DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => value is >= int.MinValue and <= int.MaxValue ? new BsonValue((int)value) : new BsonValue(value),
        });
        return value;
    }

    /// <inheritdoc/>
    protected override int Choice(string name, int value, IReadOnlyList<string> words)
    {
        Add(name, words[value]);
        return value;
    }

    /// <inheritdoc/>
    protected override bool Has(string name, bool isThere)
    {
        if (!isThere) Add(name, BsonValue.Null);
        return isThere;
    }

    /// <inheritdoc/>
    protected override bool BeginPart(string name, bool isThere)
    {
        if (!isThere)
        {
            Add(name, BsonValue.Null);
            return false;
        }
        var part = new BsonDocument();
        Add(name, part);
        _open.Push((part, null));
        return true;
    }

    /// <inheritdoc/>
    protected override void EndPart() => _open.Pop();

    /// <inheritdoc/>
    protected override int BeginList(string name, int count)
    {
        var list = new BsonArray();
        Add(name, list);
        _open.Push((null, list));
        return count;
    }

    /// <inheritdoc/>
    protected override void EndList() => _open.Pop();

    private void Add(string name, BsonValue value)
    {
        var (document, array) = _open.Peek();
        if (array is not null) array.Add(value);
        else document![name] = value;
    }
}
