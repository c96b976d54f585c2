using System.Globalization;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Messaging.Segments;

/// <summary>How a text is cut into the units that are sent and billed.</summary>
/// <param name="Encoding">GSM-7 when every character is in its alphabet, else UCS-2 for the whole text.</param>
/// <param name="Count">Segments: at least 1.</param>
/// <remarks>
/// Twilio's published message-segment-calculator: a segment holds 1120 bits; with more than one, each carries a 48-bit user data
/// header (3GPP TS 23.040 §9.2.3.24.1). No extension character and no grapheme (an emoji with its modifiers) is ever split.
/// </remarks>
public readonly record struct Segmentation(SegmentEncoding Encoding, int Count)
{
    private const int SegmentBits = 1120;
    private const int HeaderBits = 48;
    private const int SeptetBits = 7;
    private const int UnitBits = 16;

    /// <summary>Counts the segments of a text.</summary>
    public static Segmentation Of(string body)
    {
        var septets = 0;
        foreach (var c in body)
        {
            var count = GsmAlphabet.SeptetCount(c);
            if (count == 0) return new(SegmentEncoding.Ucs2, CountUcs2(body));
            septets += count;
        }
        return new(SegmentEncoding.Gsm7, septets * SeptetBits <= SegmentBits ? 1 : CountGsm7(body));
    }

    private static int CountGsm7(string body)
    {
        var packer = new Packer();
        foreach (var c in body) packer.Add(GsmAlphabet.SeptetCount(c) * SeptetBits);
        return packer.Count;
    }

    private static int CountUcs2(string body)
    {
        if (body.Length * UnitBits <= SegmentBits) return 1;
        var packer = new Packer();
        for (var i = 0; i < body.Length;)
        {
            // "\r\n" is one grapheme in Unicode and two characters on the wire.
            var length = body[i] == '\r' ? 1 : StringInfo.GetNextTextElementLength(body, i);
            packer.Add(length * UnitBits);
            i += length;
        }
        return packer.Count;
    }

    /// <summary>Fills segments with indivisible pieces.</summary>
    private struct Packer
    {
        private const int Capacity = SegmentBits - HeaderBits;
        private int _used;

        public Packer() => Count = 1;

        public int Count { get; private set; }

        public void Add(int bits)
        {
            // A grapheme longer than a segment (a stack of combining marks) has to be split after all.
            while (bits > Capacity)
            {
                Count++;
                bits -= Capacity;
            }
            if (_used + bits > Capacity)
            {
                Count++;
                _used = 0;
            }
            _used += bits;
        }
    }
}

/// <summary>The two alphabets of the short message service.</summary>
public enum SegmentEncoding
{
    Gsm7,
    Ucs2,
}
