using System.Buffers;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Facts as bytes.</summary>
/// <remarks>
/// <code>
/// facts  count (1 byte), facts
/// fact   name, kind (1 byte), value: a text, a flag, a number of 4 or 8 bytes, ticks, or a count (4 bytes) and as many texts or pairs of texts
/// </code>
/// </remarks>
internal sealed class FactsForm : DataForm
{
    private enum Kind : byte
    {
        Null,
        Text,
        Flag,
        Int,
        Long,
        Double,
        Span,
        Instant,
        Texts,
        Pairs,
    }

    public static FactsForm One { get; } = new();

    public override void Write(IEntryData data, IBufferWriter<byte> to)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var facts = ((Facts)data).All;
        writer.Write7BitEncodedInt(facts.Count);
        foreach (var (name, value) in facts)
        {
            writer.Write(name);
            Write(writer, value);
        }
        to.Write(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    public override IEntryData Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var facts = new (string, object?)[reader.Read7BitEncodedInt()];
        for (var i = 0; i < facts.Length; i++) facts[i] = (reader.ReadString(), ReadValue(reader));
        return new Facts(facts);
    }

    private static void Write(BinaryWriter to, object? value)
    {
        switch (value)
        {
            case null: to.Write((byte)Kind.Null); break;
            case string s: Begin(to, Kind.Text).Write(s); break;
            case bool b: Begin(to, Kind.Flag).Write(b); break;
            case int i: Begin(to, Kind.Int).Write(i); break;
            case long l: Begin(to, Kind.Long).Write(l); break;
            case double d: Begin(to, Kind.Double).Write(d); break;
            case TimeSpan t: Begin(to, Kind.Span).Write(t.Ticks); break;
            case DateTimeOffset at: Begin(to, Kind.Instant).Write(at.UtcTicks); break;
            case IEnumerable<string> list:
                Begin(to, Kind.Texts);
                Write(to, [.. list]);
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                Begin(to, Kind.Pairs);
                Write(to, [.. pairs.SelectMany(p => (string[])[p.Key, p.Value])]);
                break;
            default: throw new InvalidOperationException($"unknown kind of fact {value.GetType().Name}");
        }
    }

    private static void Write(BinaryWriter to, string[] texts)
    {
        to.Write(texts.Length);
        // A list may have a gap where a name has no value: JSON shows it as null.
        foreach (var text in texts)
        {
            to.Write(text is not null);
            if (text is not null) to.Write(text);
        }
    }

    private static BinaryWriter Begin(BinaryWriter to, Kind kind)
    {
        to.Write((byte)kind);
        return to;
    }

    private static object? ReadValue(BinaryReader from) => (Kind)from.ReadByte() switch
    {
        Kind.Null => null,
        Kind.Text => from.ReadString(),
        Kind.Flag => from.ReadBoolean(),
        Kind.Int => from.ReadInt32(),
        Kind.Long => from.ReadInt64(),
        Kind.Double => from.ReadDouble(),
        Kind.Span => new TimeSpan(from.ReadInt64()),
        Kind.Instant => new DateTimeOffset(from.ReadInt64(), TimeSpan.Zero),
        Kind.Texts => ReadTexts(from),
        Kind.Pairs => ReadTexts(from).Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1])).ToArray(),
        _ => throw new InvalidDataException("a fact is of a kind that is none"),
    };

    private static string[] ReadTexts(BinaryReader from)
    {
        var texts = new string[from.ReadInt32()];
        for (var i = 0; i < texts.Length; i++) if (from.ReadBoolean()) texts[i] = from.ReadString();
        return texts;
    }
}
