using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
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
    private const int FirstRoom = 256;

    // A whole number of 64 bits takes ten bytes at most.
    private const int LongestNumber = 10;

    // Bytes of a text whose head is one byte.
    private const int ShortText = 0x7F - 2;

    // Members are a few bytes each: a buffer that is asked through two calls for each would take half of the time.
    private byte[] _bytes = new byte[FirstRoom];
    private int _count;

    // Records of one account name it each time.
    private (string? Text, Sid Sid) _account;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Begins anew, keeping the room.</summary>
    public void Clear() => _count = 0;

    /// <summary>Bytes, with their count before them.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Unsigned((ulong)bytes.Length);
        Raw(bytes);
    }

    /// <summary>Bytes that were written by another writer, as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _count += bytes.Length;
    }

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value)
    {
        if (value is null)
        {
            Unsigned(0);
        }
        else if (ReferenceEquals(value, _account.Text))
        {
            Add(_account.Sid);
        }
        else if (Sid.TryParse(value, out var sid))
        {
            if (sid.Letters == (('A' << 8) | 'C')) _account = (value, sid);
            Add(sid);
        }
        else if (value.Length > ShortText || !TryShort(value))
        {
            var count = Encoding.UTF8.GetByteCount(value);
            Unsigned((ulong)count + 2);
            _count += Encoding.UTF8.GetBytes(value, Room(count));
        }
        return value;
    }

    private void Add(Sid sid)
    {
        var room = Room(1 + Sid.Size);
        room[0] = 1;
        sid.Write(room[1..]);
        _count += 1 + Sid.Size;
    }

    // Most texts are: spelt at once, and counted by that.
    private bool TryShort(string value)
    {
        var room = Room(1 + ShortText);
        if (!Encoding.UTF8.TryGetBytes(value, room.Slice(1, ShortText), out var count)) return false;
        room[0] = (byte)(count + 2);
        _count += 1 + count;
        return true;
    }

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value)
    {
        var span = Room(16);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value ?? 0m, bits);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteInt32LittleEndian(span[(4 * i)..], bits[i]);
        _count += 16;
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
        BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);
        _count += 8;
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
        var room = Room(LongestNumber);
        if (value < 0x80)
        {
            room[0] = (byte)value;
            _count++;
            return;
        }
        var count = 0;
        for (; value >= 0x80; value >>= 7) room[count++] = (byte)(value | 0x80);
        room[count++] = (byte)value;
        _count += count;
    }

    // So many bytes at least behind what was written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _count < size) Grow(size);
        return _bytes.AsSpan(_count);
    }

    private void Grow(int size) =>
        Array.Resize(ref _bytes, (int)Math.Clamp(2L * _bytes.Length, _count + size, Array.MaxLength));
}
