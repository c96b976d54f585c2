using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>A host by name or address (IPv6 in brackets) and its port, if one is named.</summary>
public readonly record struct HostPort(string Host, int? Port)
{
    public override string ToString() => Port is { } port ? $"{Host}:{port}" : Host;

    /// <summary>An address as it is written in headers: IPv6 in brackets, IPv4 seen through a dual socket as IPv4.</summary>
    public static string Text(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
    }

    /// <summary><c>host [ ":" port ]</c>, <c>host = hostname / IPv4address / "[" IPv6address "]"</c></summary>
    internal static bool TryTake(ref SipScanner scanner, out HostPort hostPort)
    {
        hostPort = default;
        string host;
        if (scanner.Next == '[')
        {
            if (!scanner.TryTakeThrough((byte)']', out var inner)) return false;
            var address = Encoding.ASCII.GetString(inner[1..]);
            if (address.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(address, out var parsed)
                || parsed.AddressFamily != AddressFamily.InterNetworkV6) return false;
            host = $"[{address}]";
        }
        else if (scanner.TryTakeRun(SipGrammar.HostName, out var name)) host = Encoding.ASCII.GetString(name);
        else return false;
        int? port = null;
        if (scanner.Next == ':')
        {
            scanner = new SipScanner(scanner.Rest[1..]);
            if (!scanner.TryTakeNumber(out var number) || number > IPEndPoint.MaxPort) return false;
            port = (int)number;
        }
        hostPort = new(host, port);
        return true;
    }
}
