namespace TwilioEmu.Smpp.Texts;

/// <summary>What stands before the text when esm_class says so: information elements (3GPP TS 23.040 §9.2.3.24).</summary>
/// <remarks><code>UDHL(1) { IEI(1) IEDL(1) data }</code></remarks>
/// <param name="Length">Octets in all, UDHL included.</param>
/// <param name="Part">Which part of a longer text this is; null for all of one.</param>
/// <param name="Shift">The tables of national languages it is written by.</param>
public readonly record struct UserDataHeader(int Length, TextPart? Part, NationalShift Shift = default)
{
    /// <summary>The bit of esm_class that says there is one (SMPP 3.4 §5.2.12).</summary>
    public const byte Indicator = 0x40;

    private const byte Concatenated8 = 0x00;
    private const byte Concatenated16 = 0x08;

    // §9.2.3.24.15 and §9.2.3.24.16.
    private const byte SingleShift = 0x24;
    private const byte LockingShift = 0x25;

    /// <summary>Reads it; false where its lengths do not add up. Elements that are not known are passed over.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out UserDataHeader header)
    {
        header = default;
        if (octets.IsEmpty || octets[0] + 1 > octets.Length) return false;
        var elements = octets.Slice(1, octets[0]);
        TextPart? part = null;
        var shift = default(NationalShift);
        while (!elements.IsEmpty)
        {
            if (elements.Length < 2 || elements[1] + 2 > elements.Length) return false;
            var data = elements.Slice(2, elements[1]);
            if (elements[0] == Concatenated8 && data.Length == 3)
            {
                part = new TextPart(data[0], data[1], data[2]);
            }
            else if (elements[0] == Concatenated16 && data.Length == 4)
            {
                part = new TextPart((ushort)((data[0] << 8) | data[1]), data[2], data[3]);
            }
            else if (elements[0] == SingleShift && data.Length == 1)
            {
                shift = shift with { Single = (NationalLanguage)data[0] };
            }
            else if (elements[0] == LockingShift && data.Length == 1)
            {
                shift = shift with { Locking = (NationalLanguage)data[0] };
            }
            elements = elements[(2 + data.Length)..];
        }
        // §9.2.3.24.1: a part that cannot be is as if it were not there.
        header = new UserDataHeader(octets[0] + 1, part is { IsPossible: true } ? part : null, shift);
        return true;
    }

    /// <summary>The header of one part, its reference in eight bits.</summary>
    public static byte[] Of(TextPart part) => [5, Concatenated8, 3, (byte)part.Reference, part.Total, part.Number];
}

/// <summary>One part of a text that was too long for one.</summary>
/// <param name="Reference">The same in all parts.</param>
/// <param name="Total">How many.</param>
/// <param name="Number">Which, from 1.</param>
public readonly record struct TextPart(ushort Reference, byte Total, byte Number)
{
    public bool IsPossible => Total > 0 && Number > 0 && Number <= Total;
}
