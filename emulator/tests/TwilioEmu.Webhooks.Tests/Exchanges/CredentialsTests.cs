using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Exchanges;

namespace TwilioEmu.Webhooks.Tests.Exchanges;

public sealed class CredentialsTests
{
    private static readonly AppAnswer Basic = new(401, null, "") { Headers = [new("WWW-Authenticate", "Basic realm=\"x\"")] };

    [Fact]
    public async Task The_first_request_is_bare_and_the_second_answers_the_challenge()
    {
        var app = new FakeApp(PostOffice.Token).OnInTurn("/sms", Basic, FakeApp.Empty);
        await using var post = PostOffice.Virtual(("app.local", app));
        (await post.SendAsync("https://us%40er:p%3Aw@app.local/sms")).IsUsable.Should().BeTrue();
        app.Requests.Select(r => r.Header("Authorization")).Should().Equal(null, "Basic " + Convert.ToBase64String("us@er:p:w"u8));
        app.Requests.Should().OnlyContain(r => r.IsSigned);
    }

    [Fact]
    public async Task Wrong_credentials_are_tried_once()
    {
        var app = new FakeApp(PostOffice.Token).On("/sms", Basic);
        await using var post = PostOffice.Virtual(("app.local", app));
        (await post.SendAsync("https://u:p@app.local/sms#rp=4xx&rc=0")).Should().BeEquivalentTo(new { Status = 401, ErrorCode = 11200 });
        app.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Without_credentials_a_401_is_the_answer()
    {
        var app = new FakeApp(PostOffice.Token).On("/sms", Basic);
        await using var post = PostOffice.Virtual(("app.local", app));
        (await post.SendAsync("https://app.local/sms")).ErrorCode.Should().Be(11200);
        app.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Credentials_do_not_follow_to_another_host()
    {
        var app = new FakeApp(PostOffice.Token)
            .OnInTurn("/sms", Basic, new AppAnswer(307, null, "") { Headers = [new("Location", "https://other.local/end")] })
            .On("/end", FakeApp.Empty);
        await using var post = PostOffice.Virtual(("app.local", app), ("other.local", app));
        await post.SendAsync("https://u:p@app.local/sms");
        app.Requests[^1].Header("Authorization").Should().BeNull();
    }

    /// <summary>RFC 7616 3.9.1, both algorithms of the example.</summary>
    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Digest_answers_as_the_rfc_computes(string algorithm, string response)
    {
        var url = WebhookUrl.TryParse("http://Mufasa:Circle%20of%20Life@www.example.org/dir/index.html", out _)!;
        var challenge = $"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        Credentials.Answer([challenge], url, "GET", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
            .Should().Contain($"response=\"{response}\"").And.Contain("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    [Theory]
    [InlineData("Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"")]
    [InlineData("Digest")]
    [InlineData("Bearer realm=\"x\"")]
    public void Challenges_that_are_not_understood_are_not_answered(string challenge) =>
        Credentials.Answer([challenge], WebhookUrl.TryParse("http://u:p@x/", out _)!, "GET", "c").Should().BeNull();
}
