using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Tls;

/// <summary>
/// The names a root may vouch for, as clients check them: whoever steals its key can pretend to be these, and nobody else.
/// </summary>
/// <remarks>
/// RFC 5280 4.2.1.10: <c>NameConstraints ::= SEQUENCE { permittedSubtrees [0] SEQUENCE OF SEQUENCE { base GeneralName } }</c>; a name holds
/// for itself and all below it. Addresses are bound too: a kind of name that is not mentioned would be free.
/// </remarks>
/// <param name="Hosts">Without the wildcard: <c>twilio.com</c>.</param>
/// <param name="Networks">As <c>address/prefix</c>.</param>
internal sealed record NameConstraints(IReadOnlySet<string> Hosts, IReadOnlySet<string> Networks)
{
    private const string Identifier = "2.5.29.30";

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>Twilio's names, this machine's, and the given ones.</summary>
    /// <param name="given">Host names (<c>twilioemu</c>, <c>*.emu.internal</c>) and addresses.</param>
    public static NameConstraints For(IEnumerable<string> given)
    {
        var hosts = new SortedSet<string>(StringComparer.Ordinal) { "twilio.com", "localhost" };
        var networks = new SortedSet<string>(StringComparer.Ordinal) { "127.0.0.0/8", "::1/128" };
        foreach (var name in given.Select(ServedNames.Plain))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                networks.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128).ToString());
            }
            else
            {
                hosts.Add(new UriBuilder("http", name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name).Uri.IdnHost);
            }
        }
        return new NameConstraints(hosts, networks);
    }

    /// <summary>Those of a certificate; null when it has none.</summary>
    public static NameConstraints? Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions.FirstOrDefault(e => e.Oid?.Value == Identifier) is not { } extension) return null;
        var (hosts, networks) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var whole = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        if (!whole.HasData || !whole.PeekTag().HasSameClassAndValue(Permitted)) return new NameConstraints(hosts, networks);
        for (var subtrees = whole.ReadSequence(Permitted); subtrees.HasData;)
        {
            var subtree = subtrees.ReadSequence();
            var tag = subtree.PeekTag();
            if (tag.HasSameClassAndValue(DnsName)) hosts.Add(subtree.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            else if (tag.HasSameClassAndValue(Address)) networks.Add(NetworkOf(subtree.ReadOctetString(Address)));
        }
        return new NameConstraints(hosts, networks);
    }

    /// <summary>True when all that the other holds is held.</summary>
    public bool Covers(NameConstraints other) => Hosts.IsSupersetOf(other.Hosts) && Networks.IsSupersetOf(other.Networks);

    /// <summary>Both.</summary>
    public NameConstraints With(NameConstraints other) => new(
        new SortedSet<string>(Hosts.Concat(other.Hosts), StringComparer.Ordinal),
        new SortedSet<string>(Networks.Concat(other.Networks), StringComparer.Ordinal));

    /// <summary>True for an address a certificate may bear.</summary>
    public bool Permits(IPAddress address) => Networks.Any(n => IPNetwork.Parse(n).Contains(address));

    /// <summary>As a certificate holds them; critical, as RFC 5280 wants it.</summary>
    public X509Extension ToExtension()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            foreach (var host in Hosts)
            {
                using (writer.PushSequence()) writer.WriteCharacterString(UniversalTagNumber.IA5String, host, DnsName);
            }
            foreach (var network in Networks.Select(n => IPNetwork.Parse(n)))
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. MaskOf(network)], Address);
                }
            }
        }
        return new X509Extension(Identifier, writer.Encode(), critical: true);
    }

    private static byte[] MaskOf(IPNetwork network)
    {
        var mask = new byte[network.BaseAddress.GetAddressBytes().Length];
        for (var bit = 0; bit < network.PrefixLength; bit++) mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return mask;
    }

    private static string NetworkOf(byte[] addressAndMask)
    {
        var half = addressAndMask.Length / 2;
        return new IPNetwork(new IPAddress(addressAndMask.AsSpan(0, half)), addressAndMask.Skip(half).Sum(b => int.PopCount(b))).ToString();
    }
}
