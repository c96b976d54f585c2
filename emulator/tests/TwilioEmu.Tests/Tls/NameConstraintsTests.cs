using System.Net;
using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Tls;

/// <summary>What whoever steals the root's key can do with it, as clients see it.</summary>
public sealed class NameConstraintsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twilioemu-ca").FullName;
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(
        TimeProvider.System, ["twilioemu", "*.emu.internal", "10.1.2.3"]);

    [Theory]
    [InlineData("api.twilio.com", true)]
    [InlineData("api.dublin.ie1.twilio.com", true)]
    [InlineData("localhost", true)]
    [InlineData("verify.localhost", true)]
    [InlineData("twilioemu", true)]
    [InlineData("a.emu.internal", true)]
    [InlineData("bank.example", false)]
    [InlineData("nottwilio.com", false)]
    [InlineData("emu", false)]
    public void A_root_vouches_for_its_names_alone(string host, bool isTrusted)
    {
        using var leaf = _authority.Issue(host, [host], []);
        Chains(leaf, _authority.Certificate).Should().Be(isTrusted);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("::1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.1.2.4", false)]
    [InlineData("2001:db8::1", false)]
    public void And_for_its_addresses(string address, bool isTrusted)
    {
        var parsed = IPAddress.Parse(address);
        _authority.Constraints!.Permits(parsed).Should().Be(isTrusted);
        using var leaf = _authority.Issue(address, [], [parsed]);
        Chains(leaf, _authority.Certificate).Should().Be(isTrusted);
    }

    [Fact]
    public void Constraints_survive_being_written() =>
        _authority.Constraints!.Should().BeEquivalentTo(NameConstraints.For(["twilioemu", "*.emu.internal", "10.1.2.3"]));

    [Fact]
    public void A_kept_root_is_renewed_in_its_last_month_with_the_same_key()
    {
        var wall = new OtherDays();
        using var first = new CaSource(_folder).Open(wall);
        wall.Later = TimeSpan.FromDays(300);
        using var same = new CaSource(_folder).Open(wall);
        same.CertificatePem.Should().Be(first.CertificatePem);
        wall.Later = TimeSpan.FromDays(340);
        using var renewed = new CaSource(_folder).Open(wall);
        renewed.Certificate.NotAfter.Should().BeAfter(first.Certificate.NotAfter.AddDays(300));
        renewed.PrivateKeyPem.Should().Be(first.PrivateKeyPem);
        renewed.Certificate.Subject.Should().Be(first.Certificate.Subject);
        File.ReadAllText(Path.Combine(_folder, "ca.pem")).Should().Be(renewed.CertificatePem);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "ca-key.pem")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_kept_root_that_lacks_a_name_is_renewed_and_clients_of_the_old_one_stay()
    {
        using var first = new CaSource(_folder) { Names = ["one.internal"] }.Open(TimeProvider.System);
        using var second = new CaSource(_folder) { Names = ["two.internal"] }.Open(TimeProvider.System);
        second.Constraints!.Hosts.Should().Contain(["one.internal", "two.internal", "twilio.com", "localhost"]);
        using var leaf = second.Issue("api.twilio.com", ["api.twilio.com"], []);
        Chains(leaf, first.Certificate).Should().BeTrue("key and name are the same");
        using var third = new CaSource(_folder).Open(TimeProvider.System);
        third.CertificatePem.Should().Be(second.CertificatePem);
    }

    [Fact]
    public void A_root_in_memory_is_renewed_while_the_process_runs()
    {
        var wall = new OtherDays();
        using var leaves = new LeafCache(new CaSource(), wall);
        var first = leaves.Authority.Certificate;
        wall.Later = TimeSpan.FromDays(350);
        leaves.For("api.twilio.com").Should().NotBeNull();
        leaves.Authority.Certificate.NotAfter.Should().BeAfter(first.NotAfter);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Chains(X509Certificate2 leaf, X509Certificate2 root)
    {
        using var bare = X509CertificateLoader.LoadCertificate(root.RawData);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(bare);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
