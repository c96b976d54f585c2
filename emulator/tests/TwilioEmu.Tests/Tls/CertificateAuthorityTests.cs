using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Tls;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(TimeProvider.System);

    [Fact]
    public void A_root_is_a_p256_ca_of_one_year_that_began_yesterday()
    {
        var root = _authority.Certificate;
        root.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value.Should().Be("1.2.840.10045.3.1.7");
        var constraints = root.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        (constraints.CertificateAuthority, constraints.PathLengthConstraint).Should().Be((true, 0));
        root.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
            .Should().Be(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);
        root.NotBefore.ToUniversalTime()
            .Should().BeCloseTo(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1), TimeSpan.FromMinutes(5));
        root.NotAfter.ToUniversalTime().Should().Be(root.NotBefore.ToUniversalTime().AddYears(1));
    }

    [Fact]
    public void A_leaf_is_good_for_its_names_alone_and_chains_to_the_root()
    {
        using var leaf = _authority.Issue("api.twilio.com", ["api.twilio.com"], [IPAddress.Loopback]);
        leaf.MatchesHostname("api.twilio.com").Should().BeTrue();
        leaf.MatchesHostname("127.0.0.1").Should().BeTrue();
        leaf.MatchesHostname("verify.twilio.com").Should().BeFalse();
        leaf.HasPrivateKey.Should().BeTrue();
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value.Should().Be("1.3.6.1.5.5.7.3.1");
        (leaf.NotAfter - leaf.NotBefore).Should().BeLessThanOrEqualTo(TimeSpan.FromDays(398), "clients refuse what lives longer");
        Chains(leaf, _authority.CertificatePem).Should().BeTrue();
        using var stranger = CertificateAuthority.Create(TimeProvider.System);
        Chains(leaf, stranger.CertificatePem).Should().BeFalse();
    }

    [Fact]
    public void A_leaf_outlives_its_root_never()
    {
        using var leaf = Short(out var root).Issue("api.twilio.com", ["api.twilio.com"], []);
        leaf.NotAfter.Should().Be(root.NotAfter);
        leaf.NotBefore.Should().Be(root.NotBefore);
    }

    [Fact]
    public void A_given_rsa_root_issues_too()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=Company CA", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddYears(1));
        using var authority = CertificateAuthority.FromPem(
            root.ExportCertificatePem(), rsa.ExportPkcs8PrivateKeyPem(), TimeProvider.System);
        using var leaf = authority.Issue("api.twilio.com", ["api.twilio.com"], []);
        Chains(leaf, root.ExportCertificatePem()).Should().BeTrue();
    }

    [Fact]
    public void What_is_no_ca_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = new CertificateRequest("CN=a.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        FluentActions.Invoking(
            () => CertificateAuthority.FromPem(server.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), TimeProvider.System))
            .Should().Throw<CryptographicException>().WithMessage("*not a CA's*");
        FluentActions.Invoking(() => CertificateAuthority.FromPem("rubbish", "rubbish", TimeProvider.System))
            .Should().Throw<CryptographicException>();
        FluentActions.Invoking(
            () => CertificateAuthority.FromPem(_authority.CertificatePem, key.ExportPkcs8PrivateKeyPem(), TimeProvider.System))
            .Should().Throw<CryptographicException>("the key is another's");
    }

    public void Dispose() => _authority.Dispose();

    private static CertificateAuthority Short(out X509Certificate2 root)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Short", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(5));
        return CertificateAuthority.FromPem(root.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), TimeProvider.System);
    }

    private static bool Chains(X509Certificate2 leaf, string rootPem)
    {
        using var root = X509Certificate2.CreateFromPem(rootPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
