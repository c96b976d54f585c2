using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Judges whether the sound's sockets reach the address that a phone's description names.</summary>
/// <remarks>
/// What cannot be known from the address is not guessed at: a phone behind a NAT is sent to where its packets come from (RFC 4961).
/// </remarks>
internal static class SoundRoute
{
    /// <summary>Why not, in words for whoever set the phone up; null where nothing speaks against it.</summary>
    /// <param name="agreement">What was agreed on.</param>
    /// <param name="bound">What the sockets are bound to.</param>
    /// <param name="isFirst">False for a change of a session that stands: there no address is a phone on hold.</param>
    public static string? WhyNot(AudioAgreement agreement, IPAddress bound, bool isFirst)
    {
        var named = agreement.RemoteAddress;
        if (!IPAddress.TryParse(named, out var address))
        {
            return $"its description names the host \"{named}\", and names are not looked up: sound goes to it once its first "
                + "packet has come. "
                + "Have it name an address";
        }
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return isFirst
                ? $"its description names no address ({named}, the old way to hold: RFC 3264 §8.4): nothing is sent to it "
                  + "until it names one"
                : null;
        }
        if (address.AddressFamily != bound.AddressFamily)
        {
            return $"its description names {named}, and the sound's sockets are bound to {bound}: one is IPv6 and the other is not";
        }
        if (IsOfMany(address)) return $"its description names {named}, which is no address of one phone";
        return IPAddress.IsLoopback(bound) && !IPAddress.IsLoopback(address) && !IsOurs(address)
            ? $"its description names {named}, on another machine, and the sound's sockets are bound to {bound}, from where "
              + "only this one is "
                + "reached: start with --host 0.0.0.0, and --sip-host with the address that the phone reaches this machine by"
            : null;
    }

    private static bool IsOfMany(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes() is [>= 224, ..];

    /// <summary>A loopback socket reaches the machine's other addresses, too.</summary>
    private static bool IsOurs(IPAddress address)
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Any(a => a.Address.Equals(address));
        }
        catch (NetworkInformationException)
        {
            // Who cannot tell says nothing.
            return true;
        }
    }
}
