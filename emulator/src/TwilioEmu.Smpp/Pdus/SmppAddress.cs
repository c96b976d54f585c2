namespace TwilioEmu.Smpp.Pdus;

/// <summary>The address of a phone: type of number, numbering plan, digits or letters (SMPP 3.4 §5.2.5 to 5.2.9).</summary>
/// <param name="Ton">Type of number: 0 unknown, 1 international, 2 national, 3
/// network specific, 4 subscriber, 5 alphanumeric, 6 abbreviated.</param>
/// <param name="Npi">Numbering plan: 0 unknown, 1 ISDN (E.164), ...</param>
/// <param name="Value">Up to 20 octets, 64 in data_sm.</param>
public readonly record struct SmppAddress(byte Ton, byte Npi, string Value)
{
    public const byte International = 1;
    public const byte National = 2;
    public const byte NetworkSpecific = 3;
    public const byte Alphanumeric = 5;
    public const byte Isdn = 1;

    private const int MaxShortCode = 8;

    /// <summary>Nobody: the SMSC may fill in who sends.</summary>
    public static SmppAddress None { get; } = new(0, 0, "");

    public bool IsEmpty => string.IsNullOrEmpty(Value);

    /// <summary>
    /// E.164, a short code or a name as an address: <c>+14155550100</c> is
    /// 1/1/14155550100, <c>12345</c> is 3/0/12345, <c>ACME</c> is 5/0/ACME.
    /// </summary>
    public static SmppAddress Of(string address) =>
        address.StartsWith('+') ? new(International, Isdn, address[1..])
        : address.Length <= MaxShortCode && !address.AsSpan().ContainsAnyExceptInRange('0', '9') ? new(NetworkSpecific, 0, address)
        : new(Alphanumeric, 0, address);

    /// <summary>
    /// As the house writes it: E.164 with its plus, digits of a short code, a name. Gateways that know no types
    /// of number send 0: with eight digits or fewer that is a short code, with more an international number.
    /// </summary>
    /// <returns>Null for what is no address.</returns>
    public string? Read()
    {
        var text = Value ?? "";
        if (Ton == Alphanumeric) return text.Length is > 0 and <= 11 ? text : null;
        var hasPlus = text.StartsWith('+');
        var digits = text.AsSpan(hasPlus ? 1 : 0);
        if (digits.Length is < 3 or > 15 || digits.ContainsAnyExceptInRange('0', '9')) return null;
        if (hasPlus) return text;
        if (Ton == International) return "+" + text;
        if (digits.Length <= MaxShortCode || Ton is NetworkSpecific or 6) return text;
        return Ton == National && digits.Length == 10 ? "+1" + text : "+" + text;
    }

    public override string ToString() => $"{Ton}/{Npi}/{Value}";
}
