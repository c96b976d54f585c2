using System.Buffers.Binary;

namespace TwilioEmu.Media.Rtp.Packets;

/// <summary>One report of a named event: a key.</summary>
/// <remarks>RFC 4733 §2.3: <c>| event 8 | E | R | volume 6 | duration 16 |</c>.</remarks>
/// <param name="Event">0-9, 10 *, 11 #, 12-15 A-D.</param>
/// <param name="IsEnd">It is over.</param>
/// <param name="Volume">-dBm0.</param>
/// <param name="Duration">In timestamp units since its beginning.</param>
public readonly record struct TelephoneEvent(int Event, bool IsEnd, int Volume, ushort Duration)
{
    public const int ByteCount = 4;
    private const string Keys = "0123456789*#ABCD";

    /// <summary>The key; null for flash and other events.</summary>
    public char? Key => Event < Keys.Length ? Keys[Event] : null;

    /// <summary>The event of a key.</summary>
    public static int Of(char key) =>
        Keys.IndexOf(key, StringComparison.Ordinal) is var i and >= 0 ? i : throw new ArgumentException($"No key: {key}", nameof(key));

    public static bool TryRead(ReadOnlySpan<byte> payload, out TelephoneEvent report)
    {
        report = default;
        if (payload.Length < ByteCount) return false;
        report = new TelephoneEvent(
            payload[0], (payload[1] & 0x80) != 0, payload[1] & 0x3F, BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    public void Write(Span<byte> payload)
    {
        payload[0] = (byte)Event;
        payload[1] = (byte)((IsEnd ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
    }
}
