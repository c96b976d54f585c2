using System.Buffers.Binary;
using System.Numerics;

namespace TwilioEmu.Durable.Packing;

/// <summary>CRC-32C (RFC 3720, appendix B.4) of packed bytes: a bit that turned in the file is not read as something else.</summary>
internal static class Checksum
{
    /// <summary>Of all of them.</summary>
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return (int)~crc;
    }
}
