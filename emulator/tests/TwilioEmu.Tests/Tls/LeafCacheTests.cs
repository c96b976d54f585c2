using System.Net;
using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Tls;

public sealed class LeafCacheTests
{
    private readonly OtherDays _wall = new();

    [Fact]
    public void A_name_has_one_certificate()
    {
        using var leaves = new LeafCache(new CaSource(), _wall);
        leaves.For("api.twilio.com").Should().BeSameAs(leaves.For("api.twilio.com"));
        leaves.For("verify.twilio.com").Should().NotBeSameAs(leaves.For("api.twilio.com"));
    }

    [Fact]
    public void A_client_without_a_name_gets_one_for_the_address_it_came_to()
    {
        using var leaves = new LeafCache(new CaSource { Names = ["172.17.0.2"] }, _wall);
        leaves.ForAddress(IPAddress.Parse("172.17.0.3")).TargetCertificate.MatchesHostname("172.17.0.3")
            .Should().BeFalse("nobody told us that address");
        var certificate = leaves.ForAddress(IPAddress.Parse("172.17.0.2")).TargetCertificate;
        foreach (var name in new[] { "172.17.0.2", "127.0.0.1", "::1", "localhost", "verify.localhost", "api.twilio.com" })
        {
            certificate.MatchesHostname(name).Should().BeTrue(name);
        }
    }

    [Fact]
    public void The_oldest_leave_when_there_are_too_many()
    {
        using var leaves = new LeafCache(new CaSource(), _wall);
        var first = leaves.For("x0.twilio.com");
        for (var i = 1; i <= LeafCache.Capacity; i++) leaves.For($"x{i}.twilio.com");
        leaves.Count.Should().Be(LeafCache.Capacity);
        leaves.For("x0.twilio.com").Should().NotBeSameAs(first);
    }

    [Fact]
    public void A_certificate_about_to_end_is_renewed()
    {
        using var leaves = new LeafCache(new CaSource(), _wall);
        var old = leaves.For("api.twilio.com");
        _wall.Later = TimeSpan.FromDays(396);
        var renewed = leaves.For("api.twilio.com");
        renewed.Should().NotBeSameAs(old);
        new DateTimeOffset(renewed.TargetCertificate.NotAfter).Should().BeAfter(_wall.GetUtcNow());
        leaves.Count.Should().Be(1);
    }
}
