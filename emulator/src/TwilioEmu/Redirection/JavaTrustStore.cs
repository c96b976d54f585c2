using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Redirection;

/// <summary>Writes certificates as the PKCS #12 file in which Java finds whom to trust.</summary>
/// <remarks>
/// RFC 7292 4: <c>PFX { 3, data { SEQUENCE OF data { SEQUENCE OF certBag } } }</c>, neither encrypted nor sealed: what everybody may
/// read and the user may replace needs no password, and Java asks for a seal only where there is one. The attribute
/// trustedKeyUsage is what makes Java's PKCS12 provider take a certificate for a trusted one.
/// </remarks>
internal static class JavaTrustStore
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string CertBag = "1.2.840.113549.1.12.10.1.3";
    private const string X509 = "1.2.840.113549.1.9.22.1";
    private const string FriendlyName = "1.2.840.113549.1.9.20";
    private const string TrustedKeyUsage = "2.16.840.1.113894.746875.1.1";
    private const string AnyUsage = "2.5.29.37.0";

    private static readonly Asn1Tag Explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The file.</summary>
    public static byte[] Write(string bundlePem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(bundlePem);
        var bags = new AsnWriter(AsnEncodingRules.DER);
        var known = new HashSet<string>(StringComparer.Ordinal);
        using (bags.PushSequence())
        {
            foreach (var root in roots)
            {
                if (known.Add(root.Thumbprint)) WriteBag(bags, root);
                root.Dispose();
            }
        }
        var safe = new AsnWriter(AsnEncodingRules.DER);
        using (safe.PushSequence()) WriteData(safe, bags.Encode());
        var store = new AsnWriter(AsnEncodingRules.DER);
        using (store.PushSequence())
        {
            store.WriteInteger(3);
            WriteData(store, safe.Encode());
        }
        return store.Encode();
    }

    // ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT OCTET STRING }
    private static void WriteData(AsnWriter writer, byte[] content)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Data);
            using (writer.PushSequence(Explicit)) writer.WriteOctetString(content);
        }
    }

    // SafeBag ::= SEQUENCE { bagId, bagValue [0] EXPLICIT CertBag, bagAttributes SET OF SEQUENCE { attrId, attrValues SET } }
    private static void WriteBag(AsnWriter writer, X509Certificate2 root)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CertBag);
            using (writer.PushSequence(Explicit))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(X509);
                using (writer.PushSequence(Explicit)) writer.WriteOctetString(root.RawData);
            }
            using (writer.PushSetOf())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(FriendlyName);
                    using (writer.PushSetOf()) writer.WriteCharacterString(UniversalTagNumber.BMPString, root.Thumbprint);
                }
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(TrustedKeyUsage);
                    using (writer.PushSetOf()) writer.WriteObjectIdentifier(AnyUsage);
                }
            }
        }
    }
}
