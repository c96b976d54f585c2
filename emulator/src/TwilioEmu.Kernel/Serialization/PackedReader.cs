using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>Reads what <see cref="PackedWriter"/> wrote, in the same order.</summary>
/// <remarks>Whatever the bytes, it ends: by a value, or by <see cref="InvalidDataException"/>.</remarks>
public sealed class PackedReader : Members
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The array and where in it: a memory's span is asked for its kind each time, which costs as much as a small member.
    private byte[] _bytes = [];
    private int _at;
    private int _end;

    // Records of one account name it each time.
    private (Sid Sid, string Text) _account;

    /// <summary>Reads some bytes.</summary>
    public PackedReader(ReadOnlyMemory<byte> bytes) => Begin(bytes);

    /// <summary>True when all has been read.</summary>
    public bool IsAtEnd => _at == _end;

    /// <summary>How many bytes are left.</summary>
    public int Left => _end - _at;

    /// <summary>Reads other bytes from now on.</summary>
    public void Begin(ReadOnlyMemory<byte> next)
    {
        var part = MemoryMarshal.TryGetArray(next, out var array) ? array : new ArraySegment<byte>(next.ToArray());
        (_bytes, _at, _end) = (part.Array ?? [], part.Offset, part.Offset + part.Count);
    }

    /// <summary>Bytes that had their count before them.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var count = Count(Unsigned());
        var part = _bytes.AsMemory(_at, count);
        _at += count;
        return part;
    }

    /// <summary>A text as the SID it was written as, or else as it is: for whoever has many, and wants the numbers.</summary>
    public (Sid? Sid, string Text) TextOrSid()
    {
        var (before, head) = (_at, Unsigned());
        if (head == 1) return (Sid.Read(Take(Sid.Size)), "");
        _at = before;
        return (null, Text("", null));
    }

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value)
    {
        var head = Unsigned();
        if (head == 0) return null;
        if (head == 1) return TextOf(Sid.Read(Take(Sid.Size)));
        try
        {
            return Utf8.GetString(Take(Count(head - 2)));
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("a text is no UTF-8");
        }
    }

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value)
    {
        var span = Take(16);
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < 4; i++) bits[i] = BinaryPrimitives.ReadInt32LittleEndian(span[(4 * i)..]);
        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException("a sum of money is none");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value)
    {
        var count = Count(Unsigned());
        var map = new OrderedDictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = Text("", null);
            map[key] = Text("", null);
        }
        return map;
    }

    /// <inheritdoc/>
    protected override long Long(string name, long value, MemberKind kind)
    {
        if (kind == MemberKind.Fraction) return BinaryPrimitives.ReadInt64LittleEndian(Take(8));
        var raw = Unsigned();
        var number = (long)(raw >> 1) ^ -(long)(raw & 1);
        var isIn = kind switch
        {
            MemberKind.Instant => number >= DateTime.MinValue.Ticks && number <= DateTime.MaxValue.Ticks,
            MemberKind.Day => number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber,
            _ => true,
        };
        return isIn ? number : throw new InvalidDataException($"{name} is out of range");
    }

    /// <inheritdoc/>
    protected override int Choice(string name, int value, IReadOnlyList<string> words) =>
        Unsigned() is var place && place < (ulong)words.Count
            ? (int)place
            : throw new InvalidDataException($"{name} is no word of its table");

    /// <inheritdoc/>
    protected override bool Has(string name, bool isThere) => BeginPart(name, isThere);

    /// <inheritdoc/>
    protected override bool BeginPart(string name, bool isThere) => name.Length == 0 || Unsigned() switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidDataException($"{name} is neither there nor not"),
    };

    /// <inheritdoc/>
    protected override void EndPart()
    {
    }

    /// <inheritdoc/>
    protected override int BeginList(string name, int count) => Count(Unsigned());

    /// <inheritdoc/>
    protected override void EndList()
    {
    }

    private string TextOf(Sid sid)
    {
        if (sid.Letters != (('A' << 8) | 'C')) return sid.ToString();
        if (_account.Sid != sid || _account.Text is null) _account = (sid, sid.ToString());
        return _account.Text;
    }

    // Nothing counted is more than the bytes left: each takes one at least.
    private int Count(ulong count) =>
        count <= (ulong)(_end - _at) ? (int)count : throw new InvalidDataException("more is said to follow than does");

    private ReadOnlySpan<byte> Take(int count)
    {
        var span = _bytes.AsSpan(_at, Count((ulong)count));
        _at += count;
        return span;
    }

    private ulong Unsigned()
    {
        var span = _bytes.AsSpan(0, _end);
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == span.Length) break;
            var next = span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("a number does not end");
    }
}
