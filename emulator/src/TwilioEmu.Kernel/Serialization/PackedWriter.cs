using System.Buffers;
using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.Text;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>Writes members as few bytes: no names, numbers as long as they are, SIDs as the numbers they stand for.</summary>
/// <remarks>
/// <code>
/// whole number   zigzag, then base 128, low groups first, high bit = more follows
/// text           0 = null; 1 = a SID: its two letters, then 16 bytes; n = n - 2 bytes of UTF-8 follow (n as a whole number without zigzag)
/// instant, span  as whole numbers of ticks; fraction: 8 bytes; money: 16 bytes, little endian
/// list           count, items;   part: 1 and its members, 0 for none;   optional value: 1 and the value, 0 for none
/// </code>
/// </remarks>
public sealed class PackedWriter : Members
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Begins anew, keeping the room.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Bytes, with their count before them.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Unsigned((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>Bytes that were written by another writer, as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value)
    {
        if (value is null)
        {
            Unsigned(0);
        }
        else if (Sid.TryParse(value, out var sid))
        {
            Unsigned(1);
            sid.Write(_bytes.GetSpan(Sid.Size));
            _bytes.Advance(Sid.Size);
        }
        else
        {
            var count = Encoding.UTF8.GetByteCount(value);
            Unsigned((ulong)count + 2);
            Encoding.UTF8.GetBytes(value, _bytes.GetSpan(count));
            _bytes.Advance(count);
        }
        return value;
    }

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value)
    {
        var span = _bytes.GetSpan(16);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value ?? 0m, bits);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteInt32LittleEndian(span[(4 * i)..], bits[i]);
        _bytes.Advance(16);
        return value ?? 0m;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value)
    {
        value ??= ReadOnlyDictionary<string, string>.Empty;
        Unsigned((ulong)value.Count);
        foreach (var (key, text) in value)
        {
            TextOrNull("", key);
            TextOrNull("", text);
        }
        return value;
    }

    /// <inheritdoc/>
    protected override long Long(string name, long value, MemberKind kind)
    {
        if (kind != MemberKind.Fraction)
        {
            Unsigned((ulong)((value << 1) ^ (value >> 63)));
            return value;
        }
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return value;
    }

    /// <inheritdoc/>
    protected override int Choice(string name, int value, IReadOnlyList<string> words)
    {
        Unsigned((ulong)value);
        return value;
    }

    /// <inheritdoc/>
    protected override bool Has(string name, bool isThere) => BeginPart(name, isThere);

    /// <inheritdoc/>
    protected override bool BeginPart(string name, bool isThere)
    {
        // Items of a list are always there and need not say so.
        if (name.Length > 0) Unsigned(isThere ? 1u : 0u);
        return isThere;
    }

    /// <inheritdoc/>
    protected override void EndPart()
    {
    }

    /// <inheritdoc/>
    protected override int BeginList(string name, int count)
    {
        Unsigned((ulong)count);
        return count;
    }

    /// <inheritdoc/>
    protected override void EndList()
    {
    }

    private void Unsigned(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7) span[count++] = (byte)(value | 0x80);
        span[count++] = (byte)value;
        _bytes.Advance(count);
    }
}
