using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Redirection;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Redirection;

public sealed class TrustFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twilioemu-trust").FullName;

    [Fact]
    public void A_bundle_holds_the_given_roots_and_ours()
    {
        using var theirs = CertificateAuthority.Create(TimeProvider.System);
        using var ours = CertificateAuthority.Create(TimeProvider.System);
        var preset = Path.Combine(_folder, "preset.pem");
        File.WriteAllText(preset, theirs.CertificatePem);
        var files = new TrustFiles(Path.Combine(_folder, "out"));
        files.Write(ours.CertificatePem, preset, new TrustFiles("/mounted"));

        File.ReadAllText(files.Ca).Should().Be(ours.CertificatePem);
        File.ReadAllText(files.Bundle).Should().Be(theirs.CertificatePem + ours.CertificatePem);
        File.ReadAllText(Path.Combine(files.PhpFolder, "twilioemu.ini"))
            .Should().Contain(new TrustFiles("/mounted").Bundle, "the app sees the folder elsewhere");
    }

    [Fact]
    public void Javas_store_holds_each_root_once()
    {
        using var ours = CertificateAuthority.Create(TimeProvider.System);
        var store = JavaTrustStore.Write(ours.CertificatePem + ours.CertificatePem);
        var read = X509CertificateLoader.LoadPkcs12Collection(store, null);
        read.Should().ContainSingle().Which.Thumbprint.Should().Be(ours.Certificate.Thumbprint);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
