using System.Buffers.Binary;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>Cuts a stream of octets into PDUs by their command_length (SMPP 3.4 §3.2).</summary>
/// <remarks>A length that cannot be means that nobody knows where the next PDU begins: the connection is over. Not thread-safe.</remarks>
public sealed class PduFraming
{
    private byte[] _held = [];
    private int _count;

    /// <summary>True once a length was less than a header or more than any PDU: nothing more can be read.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The sequence number of the PDU whose length is wrong, as far as it can be told.</summary>
    public uint LostSequence { get; private set; }

    /// <summary>Octets that wait for the rest of their PDU.</summary>
    public int HeldCount => _count;

    /// <summary>Takes octets, and gives the PDUs that are whole now, each a slice of memory that stays as it is.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Add(ReadOnlySpan<byte> octets)
    {
        if (IsLost) return [];
        // A peer that writes octet by octet costs no more than its octets.
        if (_count >= 4 && BinaryPrimitives.ReadUInt32BigEndian(_held) > _count + octets.Length)
        {
            Append(octets);
            return [];
        }
        var all = new byte[_count + octets.Length];
        _held.AsSpan(0, _count).CopyTo(all);
        octets.CopyTo(all.AsSpan(_count));
        _count = 0;
        var pdus = new List<ReadOnlyMemory<byte>>();
        var at = 0;
        while (all.Length - at >= 4)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(all.AsSpan(at));
            if (length is < SmppLimits.HeaderLength or > SmppLimits.MaxPduLength)
            {
                IsLost = true;
                LostSequence = all.Length - at >= SmppLimits.HeaderLength ? BinaryPrimitives.ReadUInt32BigEndian(all.AsSpan(at + 12)) : 0;
                (_held, _count) = ([], 0);
                return pdus;
            }
            if (all.Length - at < length) break;
            pdus.Add(all.AsMemory(at, (int)length));
            at += (int)length;
        }
        Append(all.AsSpan(at));
        if (_count == 0 && _held.Length > 4096) _held = [];
        return pdus;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_count + octets.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Max(_count + octets.Length, Math.Min(2 * _held.Length, SmppLimits.MaxPduLength)));
        }
        octets.CopyTo(_held.AsSpan(_count));
        _count += octets.Length;
    }
}
