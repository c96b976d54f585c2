using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Tags, branches and Call-IDs, from the randomness that is handed in.</summary>
internal sealed class SipTokens(Action<Span<byte>> random)
{
    public string Tag() => Hex(8);

    public string Branch() => Via.MagicCookie + Hex(10);

    public string CallId() => Hex(16);

    public byte Chance()
    {
        Span<byte> one = stackalloc byte[1];
        random(one);
        return one[0];
    }

    public uint FirstRSeq()
    {
        Span<byte> two = stackalloc byte[2];
        random(two);
        return Dialogs.ReliableProvisionals.FirstNumber(two);
    }

    private string Hex(int octets)
    {
        Span<byte> bytes = stackalloc byte[octets];
        random(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
