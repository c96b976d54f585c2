using System.Security.Cryptography;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Tls;

public sealed class CaSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twilioemu-ca").FullName;

    [Fact]
    public void A_root_in_a_folder_is_found_again()
    {
        var source = new CaSource(Path.Combine(_folder, "new", "ca"));
        using var first = source.Open(TimeProvider.System);
        using var second = source.Open(TimeProvider.System);
        second.CertificatePem.Should().Be(first.CertificatePem);
        second.PrivateKeyPem.Should().Be(first.PrivateKeyPem);
        File.ReadAllText(Path.Combine(_folder, "new", "ca", "ca.pem")).Should().Be(first.CertificatePem);
    }

    [Fact]
    public void Its_key_is_for_the_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var authority = new CaSource(_folder).Open(TimeProvider.System);
        File.GetUnixFileMode(Path.Combine(_folder, "ca-key.pem")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Many_that_come_first_at_once_agree_on_one_root()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => new CaSource(_folder).Open(TimeProvider.System).CertificatePem)));
        all.Distinct().Should().ContainSingle();
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().BeEquivalentTo("ca.pem", "ca-key.pem");
    }

    [Fact]
    public void Without_a_folder_every_process_has_its_own()
    {
        using var one = new CaSource().Open(TimeProvider.System);
        using var other = new CaSource().Open(TimeProvider.System);
        other.CertificatePem.Should().NotBe(one.CertificatePem);
    }

    [Fact]
    public void A_given_root_is_taken_from_its_files()
    {
        using var made = new CaSource(_folder).Open(TimeProvider.System);
        using var split = new CaSource(
            CertificateFile: Path.Combine(_folder, "ca.pem"), KeyFile: Path.Combine(_folder, "ca-key.pem")).Open(TimeProvider.System);
        using var joined = new CaSource(CertificateFile: Path.Combine(_folder, "ca-key.pem")).Open(TimeProvider.System);
        split.CertificatePem.Should().Be(made.CertificatePem);
        joined.CertificatePem.Should().Be(made.CertificatePem);
        FluentActions.Invoking(() => new CaSource(CertificateFile: Path.Combine(_folder, "ca.pem")).Open(TimeProvider.System))
            .Should().Throw<CryptographicException>("it has no key");
        FluentActions.Invoking(() => new CaSource(CertificateFile: Path.Combine(_folder, "none.pem")).Open(TimeProvider.System))
            .Should().Throw<IOException>();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
