namespace TwilioEmu.Carrier.Switching;

/// <summary>What sort of address a party has.</summary>
public enum AddressKind
{
    /// <summary>A phone number, <c>+14155550100</c>.</summary>
    E164,

    /// <summary>Three to six digits.</summary>
    ShortCode,

    /// <summary><c>sip:alice@example.com</c>, or <c>sips:</c>.</summary>
    Sip,

    /// <summary>A browser or mobile phone of an app, <c>client:alice</c>.</summary>
    Client,

    /// <summary>A SIM by its SID, <c>sim:HS...</c>.</summary>
    Sim,

    /// <summary>A TwiML App by its SID, <c>app:AP...</c>.</summary>
    App,

    /// <summary>A phone by its WhatsApp, <c>whatsapp:+14155550199</c>.</summary>
    WhatsApp,

    /// <summary>What a caller shows that is none of these: <c>anonymous</c>, a name.</summary>
    Other,
}

/// <summary>Where a party can be reached, or what it shows of itself.</summary>
/// <param name="Kind">What sort it is.</param>
/// <param name="Value">Without the scheme, but for <see cref="AddressKind.Sip"/>, whose URI stays whole.</param>
public readonly record struct PartyAddress(AddressKind Kind, string Value)
{
    private static readonly (string Scheme, AddressKind Kind)[] Schemes =
        [("client:", AddressKind.Client), ("sim:", AddressKind.Sim), ("app:", AddressKind.App), ("whatsapp:", AddressKind.WhatsApp)];

    /// <summary>Reads an address as REST and TwiML spell it. Total: what is nothing else is <see cref="AddressKind.Other"/>.</summary>
    /// <remarks>
    /// <c>address = E.164 | short-code | ("sip:" | "sips:") uri | "client:" identity | "sim:" sid | "app:" sid | "whatsapp:" E.164</c>
    /// (twilio.com/docs/voice/api/call-resource: To).
    /// </remarks>
    public static PartyAddress Read(string text)
    {
        foreach (var (scheme, kind) in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return new PartyAddress(kind, text[scheme.Length..]);
        }
        if (text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase))
        {
            return new PartyAddress(AddressKind.Sip, text);
        }
        if (text is ['+', _, ..] && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9')) return new PartyAddress(AddressKind.E164, text);
        var isShort = text.Length is >= 3 and <= 6 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        return new PartyAddress(isShort ? AddressKind.ShortCode : AddressKind.Other, text);
    }

    /// <summary>True for what the telephone network reaches by its number.</summary>
    public bool IsNumber => Kind is AddressKind.E164 or AddressKind.ShortCode or AddressKind.Other;

    /// <summary>As REST, TwiML and journals spell it.</summary>
    public override string ToString() => Kind switch
    {
        AddressKind.Client => $"client:{Value}",
        AddressKind.Sim => $"sim:{Value}",
        AddressKind.App => $"app:{Value}",
        AddressKind.WhatsApp => $"whatsapp:{Value}",
        _ => Value ?? "",
    };
}
