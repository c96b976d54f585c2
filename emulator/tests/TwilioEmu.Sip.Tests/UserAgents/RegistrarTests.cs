using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

public sealed class RegistrarTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly SipUri Alice = SipUri.Of("alice", "example.com");

    private readonly Registrar _registrar = new(new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), TimeSpan.FromSeconds(3600),
        MaxBindings: 10));
    private uint _sequence;

    [Fact]
    public void A_binding_is_told_back_and_found_until_it_expires()
    {
        var answer = Register("<sip:alice@192.0.2.7>;expires=900");
        (answer.Status, answer.Headers.Single().Text).Should().Be((200, "<sip:alice@192.0.2.7>;expires=900"));
        _registrar.Find(Alice, Now + TimeSpan.FromSeconds(899)).Single().Flow.Port.Should().Be(40000);
        _registrar.Find(Alice, Now + TimeSpan.FromSeconds(900)).Should().BeEmpty();
        _registrar.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("<sip:a@h>", null, 200, 3600)]
    [InlineData("<sip:a@h>", "700", 200, 700)]
    [InlineData("<sip:a@h>;expires=800", "700", 200, 800)]
    [InlineData("<sip:a@h>;expires=7200", null, 200, 3600)]
    [InlineData("<sip:a@h>;expires=4294967295", null, 200, 3600)]
    [InlineData("<sip:a@h>;expires=rubbish", null, 200, 3600)]
    [InlineData("<sip:a@h>;expires=599", null, 423, 0)]
    [InlineData("<sip:a@h>", "1", 423, 0)]
    [InlineData("<tel:+1>", null, 400, 0)]
    [InlineData("*", null, 400, 0)]
    [InlineData("*", "10", 400, 0)]
    [InlineData("*, <sip:a@h>", "0", 400, 0)]
    public void What_is_asked_is_granted_cut_or_refused(string contact, string? expires, int status, int granted)
    {
        var answer = Register(contact, expires);
        answer.Status.Should().Be(status);
        answer.Bindings.Select(b => (int)(b.ExpiresAt - Now).TotalSeconds).Should().Equal(granted == 0 ? [] : [granted]);
        if (status == 423) answer.Headers.Single().ToString().Should().Be("Min-Expires: 600");
    }

    [Fact]
    public void A_phone_unregisters_alone_or_all()
    {
        Register("<sip:a@h1>, <sip:a@h2>, <sip:a@h3>").Bindings.Should().HaveCount(3);
        Register("<sip:a@h2>;expires=0").Bindings.Should().HaveCount(2);
        Register("*", "0").Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Ten_bindings_are_kept_and_the_eleventh_is_refused_whole()
    {
        for (var i = 0; i < 10; i++) Register($"<sip:a@h{i}>").Status.Should().Be(200);
        Register("<sip:a@h10>").Status.Should().Be(403);
        Register("<sip:a@h3>;expires=700").Status.Should().Be(200);
        _registrar.Find(Alice, Now).Should().HaveCount(10);
    }

    [Fact]
    public void A_request_that_comes_late_changes_nothing()
    {
        Register("<sip:a@h>", sequence: 5).Status.Should().Be(200);
        Register("<sip:a@h>;expires=0", sequence: 4).Status.Should().Be(500);
        Register("*", "0", sequence: 5).Status.Should().Be(500);
        _registrar.Find(Alice, Now).Should().ContainSingle();
        Register("<sip:a@h>;expires=0", sequence: 1, callId: "rebooted").Status.Should().Be(200);
    }

    [Fact]
    public void A_fault_in_one_contact_leaves_all_as_they_were()
    {
        Register("<sip:a@h1>");
        Register("<sip:a@h1>;expires=0, <sip:a@h2>;expires=5").Status.Should().Be(423);
        _registrar.Find(Alice, Now).Single().Contact.Uri.Host.Should().Be("h1");
    }

    [Fact]
    public void Equivalent_contacts_are_one_and_the_preferred_comes_first()
    {
        Register("<sip:a@H1;transport=tcp>;q=0.3");
        Register("<sip:a@h1;transport=TCP>;q=0.4, <sip:a@h2>;q=0.9").Bindings.Select(b => b.Contact.Uri.Host).Should().Equal("h2", "h1");
    }

    [Fact]
    public void Without_Contact_the_bindings_are_told()
    {
        Register("<sip:a@h1>");
        Register(null).Headers.Should().ContainSingle();
    }

    [Fact]
    public void What_expired_is_swept()
    {
        Register("<sip:a@h1>");
        _registrar.Sweep(Now + TimeSpan.FromHours(2));
        _registrar.Count.Should().Be(0);
    }

    private RegistrarAnswer Register(string? contact, string? expires = null, uint? sequence = null, string callId = "phone")
    {
        var headers = SipHeaders.Empty.With(HeaderNames.Via, "SIP/2.0/UDP h;branch=z9hG4bK1")
            .With(HeaderNames.From, "<sip:alice@example.com>;tag=1")
            .With(HeaderNames.To, "<sip:alice@example.com>").With(HeaderNames.CallId, callId)
                .With(HeaderNames.CSeq, $"{sequence ?? ++_sequence} REGISTER");
        if (contact is not null) headers = headers.With(HeaderNames.Contact, contact);
        if (expires is not null) headers = headers.With(HeaderNames.Expires, expires);
        return _registrar.Register(new SipRequest("REGISTER", SipUri.Of(null, "example.com"), headers, default),
            new(SipTransport.Udp, "192.0.2.7", 40000), Now);
    }
}
