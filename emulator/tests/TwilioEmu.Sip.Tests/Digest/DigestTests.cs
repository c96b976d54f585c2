using System.Collections.Immutable;
using System.Text;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Tests.Digest;

public sealed class DigestTests
{
    private const string Realm = "sip.twilio.com";

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly DigestLogin Alice = new("alice", "Secret12345678");

    [Fact]
    public void The_example_of_RFC_2617_comes_to_its_answer()
    {
        var told = new DigestCredentials("Mufasa", "testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "/dir/index.html", "",
            DigestAlgorithm.Md5,
            "auth", "0a4f113b", "00000001", null);
        DigestHash.Response(DigestAlgorithm.Md5, DigestHash.A1(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life"),
            "GET", default, told)
            .Should().Be("6629fae49393a05397450978507c4ef1");
    }

    [Fact]
    public void The_example_of_RFC_7616_comes_to_its_answer()
    {
        var told = new DigestCredentials("Mufasa", "http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            "/dir/index.html", "", DigestAlgorithm.Sha256,
            "auth", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "00000001", null);
        DigestHash.Response(DigestAlgorithm.Sha256, DigestHash.A1(DigestAlgorithm.Sha256, "Mufasa", "http-auth@example.org",
            "Circle of Life"), "GET", default, told)
            .Should().Be("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    [Theory]
    [InlineData(DigestAlgorithm.Md5, "auth", DigestRole.Proxy)]
    [InlineData(DigestAlgorithm.Sha256, "auth", DigestRole.UserAgent)]
    [InlineData(DigestAlgorithm.Md5, "auth-int", DigestRole.UserAgent)]
    [InlineData(DigestAlgorithm.Sha256, "auth-int", DigestRole.Proxy)]
    [InlineData(DigestAlgorithm.Md5, null, DigestRole.Proxy)]
    public void A_client_that_knows_the_password_is_let_in(DigestAlgorithm algorithm, string? qop, DigestRole role)
    {
        var server = Server(role, [algorithm], qop is null ? [] : [qop]);
        server.Check(Answered(server, Request()), Find, Now, out var user).Should().Be(DigestVerdict.Right);
        user.Should().Be("alice");
    }

    [Fact]
    public void Without_credentials_it_is_challenged()
    {
        Server().Check(Request(), Find, Now, out _).Should().Be(DigestVerdict.Missing);
        Server().Check(Request().WithHeaders(Request().Headers.With(HeaderNames.ProxyAuthorization,
            "NoOneKnowsThisScheme opaque-data=here")), Find, Now, out _)
            .Should().Be(DigestVerdict.Unusable);
    }

    [Fact]
    public void A_wrong_password_and_an_unknown_user_are_wrong_alike()
    {
        var server = Server();
        server.Check(Answered(server, Request(), Alice with { Password = "other" }), Find, Now, out _).Should().Be(DigestVerdict.Wrong);
        server.Check(Answered(server, Request(), Alice with { Username = "mallory" }), Find, Now, out _).Should().Be(DigestVerdict.Wrong);
    }

    [Fact]
    public void Another_method_or_body_than_was_signed_is_wrong()
    {
        var server = Server(qop: ["auth-int"]);
        var signed = Answered(server, Request());
        server.Check(new SipRequest("REGISTER", signed.Uri, signed.Headers, signed.Body), Find, Now, out _).Should()
            .Be(DigestVerdict.Wrong);
        server.Check(new SipRequest(signed.Method, signed.Uri, signed.Headers, Encoding.UTF8.GetBytes("other")), Find, Now, out _).Should()
            .Be(DigestVerdict.Wrong);
    }

    [Fact]
    public void An_old_nonce_is_stale_and_a_forged_one_is_not_ours()
    {
        var server = Server();
        var signed = Answered(server, Request());
        server.Check(signed, Find, Now + TimeSpan.FromMinutes(4.9), out _).Should().Be(DigestVerdict.Right);
        server.Check(signed, Find, Now + TimeSpan.FromMinutes(5), out _).Should().Be(DigestVerdict.Stale);
        var foreign = Answered(Server(key: 2), Request());
        server.Check(foreign, Find, Now, out _).Should().Be(DigestVerdict.Unusable);
    }

    [Fact]
    public void A_nonce_count_that_was_seen_is_stale()
    {
        var server = Server();
        var challenge = Parse(server.Challenge(Now, false).First());
        DigestVerdict Try(uint count) => server.Check(With(Request(), DigestClient.Answer(Request(), challenge, Alice, "c", count)), Find,
            Now, out _);
        Try(1).Should().Be(DigestVerdict.Right);
        Try(1).Should().Be(DigestVerdict.Stale);
        Try(3).Should().Be(DigestVerdict.Right);
        Try(2).Should().Be(DigestVerdict.Stale);
        Try(4).Should().Be(DigestVerdict.Right);
    }

    [Fact]
    public void Counts_are_kept_for_so_many_nonces_and_no_more()
    {
        var server = Server();
        var first = Answered(server, Request());
        server.Check(first, Find, Now, out _).Should().Be(DigestVerdict.Right);
        for (var i = 0; i < DigestServer.MaxNonces; i++) server.Check(Answered(server, Request()), Find, Now, out _).Should()
            .Be(DigestVerdict.Right);
        server.Check(first, Find, Now, out _).Should().Be(DigestVerdict.Stale);
    }

    [Fact]
    public void A_client_takes_the_best_algorithm_it_knows()
    {
        var response = Challenged(Request(), Server(algorithms: [DigestAlgorithm.Md5, DigestAlgorithm.Sha256]).Challenge(Now, false)
            .Prepend(new(HeaderNames.ProxyAuthenticate, $"Digest realm=\"{Realm}\", nonce=\"1\", algorithm=SHA-512-256")));
        DigestClient.TryAnswer(Request(), response, Alice, () => "c", out var headers).Should().BeTrue();
        headers.Count(HeaderNames.ProxyAuthorization).Should().Be(1);
        DigestCredentials.TryParse(headers[HeaderNames.ProxyAuthorization]!, out var told).Should().BeTrue();
        told.Algorithm.Should().Be(DigestAlgorithm.Sha256);
    }

    [Fact]
    public void A_client_whose_password_was_refused_does_not_ask_again()
    {
        var server = Server();
        var signed = Answered(server, Request());
        DigestClient.TryAnswer(signed, Challenged(signed, server.Challenge(Now, isStale: false)), Alice, () => "c", out _).Should()
            .BeFalse();
        DigestClient.TryAnswer(signed, Challenged(signed, server.Challenge(Now, isStale: true)), Alice, () => "c", out var again).Should()
            .BeTrue();
        again.Count(HeaderNames.ProxyAuthorization).Should().Be(1);
    }

    [Fact]
    public void A_login_for_another_realm_answers_nobody() =>
        DigestClient.TryAnswer(Request(), Challenged(Request(), Server().Challenge(Now, false)), Alice with { Realm = "else" }, () => "c",
            out _).Should().BeFalse();

    [Fact]
    public void Secrets_do_not_show()
    {
        Alice.ToString().Should().NotContain(Alice.Password);
        DigestSecret.Of("a", "b", "c").ToString().Should().Be("(secret)");
    }

    private static DigestSecret? Find(string user) => user == "alice" ? DigestSecret.Of("alice", Realm, Alice.Password) : null;

    private static DigestServer Server(DigestRole role = DigestRole.Proxy, ImmutableArray<DigestAlgorithm>? algorithms = null,
        ImmutableArray<string>? qop = null, byte key = 1) =>
        new(Realm, role, new NonceMint(Enumerable.Repeat(key, 32).ToArray(), Realm, TimeSpan.FromMinutes(5)),
            algorithms ?? [DigestAlgorithm.Md5], qop ?? ["auth"]);

    private static SipRequest Answered(DigestServer server, SipRequest request, DigestLogin? login = null)
    {
        var response = Challenged(request, server.Challenge(Now, false), server.Status);
        DigestClient.TryAnswer(request, response, login ?? Alice, () => "0a4f113b", out var headers).Should().BeTrue();
        return request.WithHeaders(headers);
    }

    private static SipResponse Challenged(SipRequest request, IEnumerable<SipHeader> challenge, int status = 407) =>
        new(status, "", request.Headers.With(challenge), default);

    private static SipRequest With(SipRequest request, DigestCredentials told) =>
        request.WithHeaders(request.Headers.With(HeaderNames.ProxyAuthorization, told.ToString()));

    private static DigestChallenge Parse(SipHeader header)
    {
        DigestChallenge.TryParse(header.Text, out var challenge).Should().BeTrue();
        return challenge;
    }

    private static SipRequest Request() => new("INVITE", SipUri.Of("bob", "name.sip.twilio.com"), SipHeaders.Empty,
        Encoding.UTF8.GetBytes("v=0\r\n"));
}
