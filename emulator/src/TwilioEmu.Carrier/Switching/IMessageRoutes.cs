namespace TwilioEmu.Carrier.Switching;

/// <summary>Knows lines that take texts to numbers: those of carriers' systems outside.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IMessageRoutes
{
    /// <summary>The line of a number; null for somebody else's.</summary>
    IMessageLine? Find(string address);
}
