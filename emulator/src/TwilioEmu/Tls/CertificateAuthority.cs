using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Tls;

/// <summary>A root of our own that vouches for the names the emulator answers in Twilio's place.</summary>
/// <remarks>
/// ECDSA P-256 when made here; a given one may be RSA. Certificates live by the real clock, whatever the world's is. Safe from any
/// thread. Profiles: RFC 5280 4.2; limits on a server certificate's life are those of the CA/Browser Forum's baseline 6.3.2.
/// Budget: a leaf in under 5 ms.
/// </remarks>
internal sealed class CertificateAuthority : IDisposable
{
    private const int RootYears = 1;
    private const string RootName = "CN=TwilioEmu CA ";
    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Clocks of containers and phones lag: a certificate begins a day before it is made.
    private static readonly TimeSpan Early = TimeSpan.FromDays(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(397);

    private readonly TimeProvider _wall;
    private readonly X509SignatureGenerator _signature;
    private readonly AsymmetricAlgorithm _key;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider wall)
    {
        (Certificate, _wall) = (certificate, wall);
        if (certificate.GetECDsaPrivateKey() is { } curve)
        {
            (_key, _signature) = (curve, X509SignatureGenerator.CreateForECDsa(curve));
        }
        else if (certificate.GetRSAPrivateKey() is { } rsa)
        {
            (_key, _signature) = (rsa, X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1));
        }
        else
        {
            throw new CryptographicException("the CA's key is neither ECDSA nor RSA");
        }
    }

    /// <summary>The root, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The root as clients take it.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>Its key, PKCS #8; whoever holds it can pretend to be any host to those who trust the root.</summary>
    public string PrivateKeyPem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>What the root may vouch for; null for a given root that is not bound.</summary>
    public NameConstraints? Constraints => NameConstraints.Of(Certificate);

    /// <summary>Makes a new root.</summary>
    /// <param name="wall">Real time.</param>
    /// <param name="names">What it may vouch for besides Twilio's names and this machine's.</param>
    public static CertificateAuthority Create(TimeProvider wall, IEnumerable<string>? names = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Create(key, NameConstraints.For(names ?? []), wall);
    }

    /// <summary>True for a root made here that ends soon, or may not vouch for all these names.</summary>
    public bool IsDue(IEnumerable<string> names) =>
        Certificate.Subject.StartsWith(RootName, StringComparison.Ordinal) && _key is ECDsa
        && (new DateTimeOffset(Certificate.NotAfter) - _wall.GetUtcNow() < RenewBefore
            || Constraints?.Covers(NameConstraints.For(names)) != true);

    /// <summary>
    /// The same root for another year: key and name stay,
    /// so that clients who trust the old one trust what this one issues while the old one lasts.
    /// </summary>
    public CertificateAuthority Renew(IEnumerable<string> names)
    {
        var wanted = NameConstraints.For(names);
        return Create((ECDsa)_key, Constraints?.With(wanted) ?? wanted, _wall);
    }

    private static CertificateAuthority Create(ECDsa key, NameConstraints constraints, TimeProvider wall)
    {
        // Roots made one after another bear different names, so that a trust store never takes one for the other.
        var mark = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..8];
        var request = new CertificateRequest($"{RootName}{mark}, O=TwilioEmu", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(constraints.ToExtension());
        var start = wall.GetUtcNow() - Early;
        return new CertificateAuthority(request.CreateSelfSigned(start, start.AddYears(RootYears)), wall);
    }

    /// <summary>Takes a root that exists.</summary>
    /// <exception cref="CryptographicException">It is not PEM, the two do not belong together, or it is not a CA.</exception>
    public static CertificateAuthority FromPem(string certificatePem, string keyPem, TimeProvider wall)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (ArgumentException fault)
        {
            throw new CryptographicException(fault.Message, fault);
        }
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
        {
            certificate.Dispose();
            throw new CryptographicException("the certificate is not a CA's (basic constraints, RFC 5280 4.2.1.9)");
        }
        return new CertificateAuthority(certificate, wall);
    }

    /// <summary>Issues a server certificate, with a key of its own.</summary>
    /// <param name="name">The name in the subject, and the first alternative name where it is one.</param>
    /// <param name="hosts">DNS names it is good for.</param>
    /// <param name="addresses">Addresses it is good for.</param>
    public X509Certificate2 Issue(string name, IEnumerable<string> hosts, IEnumerable<IPAddress> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The common name holds 64 characters (RFC 5280 A.1); the alternative names are what clients look at. An address there would be
        // held against the root's host names (X509_check_host(3) and its kin take it for one).
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length <= 64 && !IPAddress.TryParse(name, out _) ? name : "TwilioEmu");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts) names.AddDnsName(host);
        foreach (var address in addresses) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any(),
            includeIssuerAndSerial: false));

        var start = Later(_wall.GetUtcNow() - Early, new DateTimeOffset(Certificate.NotBefore));
        var end = Earlier(start + LeafLife, new DateTimeOffset(Certificate.NotAfter));
        using var bare = request.Create(Certificate.SubjectName, _signature, start, end, NewSerial());
        var leaf = bare.CopyWithPrivateKey(key);
        if (!OperatingSystem.IsWindows()) return leaf;
        // SChannel knows no keys that were never in a store.
        using (leaf) return X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }

    // Positive (RFC 5280 4.1.2.2) and never the same twice.
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
