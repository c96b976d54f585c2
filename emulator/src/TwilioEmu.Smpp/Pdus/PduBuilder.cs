using System.Buffers.Binary;
using System.Text;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>Writes the fields of a PDU one after another.</summary>
internal sealed class PduBuilder
{
    private byte[] _bytes = new byte[256];
    private int _at;

    public void Byte(byte value)
    {
        Grow(1);
        _bytes[_at++] = value;
    }

    public void Short(ushort value)
    {
        Grow(2);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_at), value);
        _at += 2;
    }

    public void Number(uint value)
    {
        Grow(4);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_at), value);
        _at += 4;
    }

    /// <summary>A string and its NUL; what exceeds the field is a fault of ours.</summary>
    public void Text(string value, int max)
    {
        if (value.Length >= max)
        {
            throw new ArgumentException($"\"{value}\" is longer than the {max - 1} octets of its field", nameof(value));
        }
        Grow(value.Length + 1);
        _at += Encoding.Latin1.GetBytes(value, _bytes.AsSpan(_at));
        _bytes[_at++] = 0;
    }

    public void Address(SmppAddress address, int max = SmppLimits.Address)
    {
        Byte(address.Ton);
        Byte(address.Npi);
        Text(address.Value ?? "", max);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_at));
        _at += bytes.Length;
    }

    public void Start() => _at = 0;

    /// <summary>The PDU, its length put in front.</summary>
    public byte[] Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes, (uint)_at);
        return _bytes.AsSpan(0, _at).ToArray();
    }

    private void Grow(int count)
    {
        if (_at + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _at + count));
    }
}
