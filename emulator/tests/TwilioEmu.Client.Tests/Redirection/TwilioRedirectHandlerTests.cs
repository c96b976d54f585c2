using System.Net;

namespace TwilioEmu.Client.Tests.Redirection;

public sealed class TwilioRedirectHandlerTests
{
    private const string Base = "http://127.0.0.1:4010";

    [Theory]
    [InlineData("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "/2010-04-01/Accounts/AC1/Messages.json")]
    [InlineData("https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json?PageSize=1", "/2010-04-01/Accounts.json?PageSize=1")]
    [InlineData("https://API.Twilio.com./2010-04-01.json", "/2010-04-01.json")]
    [InlineData("https://verify.twilio.com/v2/Services", "/verify/v2/Services")]
    [InlineData("https://verify.sydney.au1.twilio.com/v2/Services", "/verify/v2/Services")]
    [InlineData(
        "https://lookups.twilio.com:443/v2/PhoneNumbers/%2B14155550100?Fields=a%2Cb",
        "/lookups/v2/PhoneNumbers/%2B14155550100?Fields=a%2Cb")]
    [InlineData("https://lookups.twilio.com/v2/PhoneNumbers/+14155550100", "/lookups/v2/PhoneNumbers/+14155550100")]
    [InlineData("https://api.twilio.com/v1/Things", "/api/v1/Things")]
    [InlineData("http://preview.twilio.com/", "/preview/")]
    [InlineData("https://twilio.com/x", "/x")]
    public void Names_of_Twilio_lead_to_the_emulator(string url, string path)
    {
        using var handler = new TwilioRedirectHandler(new Uri(Base));
        handler.TryRedirect(new Uri(url), out var redirected).Should().BeTrue();
        redirected!.AbsoluteUri.Should().Be(Base + path);
    }

    [Theory]
    [InlineData("https://example.com/2010-04-01")]
    [InlineData("https://nottwilio.com/")]
    [InlineData("https://twilio.com.example.org/")]
    [InlineData("http://127.0.0.1:4010/verify/v2/Services")]
    [InlineData("ftp://api.twilio.com/")]
    public void Other_names_are_left_alone(string url)
    {
        using var handler = new TwilioRedirectHandler(new Uri(Base));
        handler.TryRedirect(new Uri(url), out var redirected).Should().BeFalse();
        redirected.Should().BeNull();
    }

    [Fact]
    public void The_emulator_may_lie_below_a_path()
    {
        using var handler = new TwilioRedirectHandler(new Uri("https://gate.local/emu/?ignored"));
        handler.TryRedirect(new Uri("https://video.twilio.com/v1/Rooms"), out var redirected).Should().BeTrue();
        redirected.Should().Be(new Uri("https://gate.local/emu/video/v1/Rooms"));
    }

    [Fact]
    public void A_base_that_is_no_web_address_is_refused()
    {
        var make = () => new TwilioRedirectHandler(new Uri("ftp://x/"));
        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task A_host_header_that_names_Twilio_does_not_travel_along()
    {
        var last = new Last();
        using var client = new HttpMessageInvoker(new TwilioRedirectHandler(new Uri(Base), last));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.twilio.com/2010-04-01.json")
        {
            Headers = { Host = "api.twilio.com" },
        };
        await client.SendAsync(request, CancellationToken.None);
        last.Seen!.Headers.Host.Should().BeNull();
        last.Seen.RequestUri.Should().Be(new Uri(Base + "/2010-04-01.json"));
    }

    [Fact]
    public async Task Both_ways_of_sending_are_redirected_and_other_hosts_keep_their_header()
    {
        var last = new Last();
        using var client = new HttpMessageInvoker(new TwilioRedirectHandler(new Uri(Base), last));
        using var ours = new HttpRequestMessage(HttpMethod.Get, "https://api.twilio.com/2010-04-01.json");
        client.Send(ours, CancellationToken.None);
        last.Seen!.RequestUri!.Authority.Should().Be("127.0.0.1:4010");
        using var theirs = new HttpRequestMessage(HttpMethod.Get, "https://example.com/") { Headers = { Host = "other.example" } };
        await client.SendAsync(theirs, CancellationToken.None);
        last.Seen.RequestUri.Should().Be(new Uri("https://example.com/"));
        last.Seen.Headers.Host.Should().Be("other.example");
    }

    private sealed class Last : HttpMessageHandler
    {
        public HttpRequestMessage? Seen { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = request;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
