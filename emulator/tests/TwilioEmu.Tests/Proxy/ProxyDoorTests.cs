using System.Net;
using System.Text.Json;
using TwilioEmu.Proxy;
using TwilioEmu.Tests.Hosting;

namespace TwilioEmu.Tests.Proxy;

/// <summary>CONNECT for Twilio's names, and all that is wrong with a CONNECT.</summary>
public sealed class ProxyDoorTests
{
    private const string Messages = $"https://api.twilio.com/2010-04-01/Accounts/{OpenHouse.Account}/Messages.json";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task An_unchanged_client_sends_a_message_and_reads_it_back(string version)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = house.Proxied();
        (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (new Version(version), HttpVersionPolicy.RequestVersionExact);
        using var form = new FormUrlEncodedContent([new("To", "+14155550199"), new("From", "+14155550100"), new("Body", "hello")]);
        using var sent = await client.PostAsync(Messages, form);
        sent.StatusCode.Should().Be(HttpStatusCode.Created);
        using var json = JsonDocument.Parse(await sent.Content.ReadAsStringAsync());
        (await client.GetStringAsync($"https://api.twilio.com{json.RootElement.GetProperty("uri").GetString()}"))
            .Should().Contain("\"body\":\"hello\"");
    }

    [Fact]
    public async Task Links_lead_back_the_way_the_client_came()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = house.Proxied();
        for (var i = 0; i < 3; i++)
        {
            using var form = new FormUrlEncodedContent([new("FriendlyName", $"{i}")]);
            (await client.PostAsync("https://verify.dublin.ie1.twilio.com/v2/Services", form)).EnsureSuccessStatusCode();
        }
        using var page = JsonDocument.Parse(await client.GetStringAsync("https://verify.dublin.ie1.twilio.com/v2/Services?PageSize=1"));
        var next = page.RootElement.GetProperty("meta").GetProperty("next_page_url").GetString();
        next.Should().StartWith("https://verify.dublin.ie1.twilio.com/v2/Services?");
        (await client.GetAsync(next)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://demo.twilio.com/docs/voice.xml", "text/xml")]
    [InlineData("https://demo.twilio.com/docs/sms.xml", "text/xml")]
    [InlineData("https://demo.twilio.com/owl.png", "image/png")]
    [InlineData("http://demo.twilio.com/hellomonkey/monkey.mp3", "audio/x-wav")]
    [InlineData("https://api.twilio.com/cowbell.mp3", "audio/x-wav")]
    [InlineData("https://demo.twilio.com/nothing", null)]
    public async Task What_lies_at_twilio_s_names_beside_the_api_is_had_through_the_proxy(string url, string? type)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = house.Proxied();
        using var answer = await client.GetAsync(url);
        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType)
            .Should().Be(type is null ? (HttpStatusCode.NotFound, "text/plain") : (HttpStatusCode.OK, type));
        (await answer.Content.ReadAsByteArrayAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_answer_reads_as_sdks_split_it()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync(
            "CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api.twilio.com:443\r\nProxy-Authorization: Basic eA==\r\n\r\n");
        (await client.UntilAsync("\r\n\r\n")).Should().Be("HTTP/1.1 200 Connection established\r\n\r\n");
    }

    [Fact]
    public async Task An_https_url_with_the_http_port_is_served_as_well()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await using var tls = new System.Net.Security.SslStream(
            new System.Net.Sockets.NetworkStream(client.Socket), false, (_, certificate, _, errors) => house.Trusts(certificate, errors));
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("GET /_emu/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(tls);
        (await reader.ReadToEndAsync()).Should().StartWith("HTTP/1.1 200 OK").And.Contain("\"ready\"");
    }

    [Fact]
    public async Task A_tunnel_to_port_80_speaks_http_in_clear()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync(
            "CONNECT api.twilio.com:80 HTTP/1.1\r\n\r\nGET /_emu/v1/health HTTP/1.1\r\nHost: api.twilio.com\r\nConnection: close\r\n\r\n");
        (await client.ToEndAsync())
            .Should().StartWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK").And.Contain("\"ready\"");
    }

    [Theory]
    [InlineData("CONNECT nonsense\r\n\r\n", 400, "CONNECT host:port")]
    [InlineData("CONNECT api.twilio.com:443 HTTP/1.1\r\nbroken\r\n\r\n", 400, "CONNECT host:port")]
    [InlineData("CONNECT api.twilio.com:25 HTTP/1.1\r\n\r\n", 403, "listens on 443 and 80")]
    [InlineData("CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n", 502, "127.0.0.1:1 cannot be reached")]
    public async Task A_connect_that_cannot_be_is_answered_in_words(string request, int status, string words)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync(request);
        (await client.ToEndAsync()).Should().StartWith($"HTTP/1.1 {status} ").And.Contain(words).And.Contain("Connection: close");
    }

    [Fact]
    public async Task An_endless_head_is_cut_off()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\nX: " + new string('x', ConnectHead.MaxBytes));
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task A_head_that_never_ends_is_not_waited_for_for_ever()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { HeadLimit = TimeSpan.FromMilliseconds(50) } });
        using var client = await house.RawAsync();
        await client.SendAsync("CONNECT api.twilio.com:443 HT");
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_let_go()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { FirstByteLimit = TimeSpan.FromMilliseconds(50) } });
        using var client = await house.RawAsync();
        (await client.ToEndAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_tunnel_in_which_nobody_speaks_is_let_go()
    {
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { HeadLimit = TimeSpan.FromMilliseconds(50) } });
        using var client = await house.RawAsync();
        await client.SendAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n");
        (await client.ToEndAsync()).Should().Be("HTTP/1.1 200 Connection established\r\n\r\n");
    }

    [Fact]
    public async Task A_name_inside_the_tunnel_that_is_not_ours_is_refused()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n");
        await client.UntilAsync("\r\n\r\n");
        await using var tls = new System.Net.Security.SslStream(
            new System.Net.Sockets.NetworkStream(client.Socket), false, (_, certificate, _, errors) => house.Trusts(certificate, errors));
        await FluentActions.Awaiting(() => tls.AuthenticateAsClientAsync("example.com"))
            .Should().ThrowAsync<System.Security.Authentication.AuthenticationException>();
        (await house.JournalledAsync("tls.refused")).Should().Contain("example.com");
    }

    [Fact]
    public async Task A_connect_that_is_not_the_first_request_is_refused_in_words()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync("GET /_emu/v1/health HTTP/1.1\r\nHost: x\r\n\r\nCONNECT a.example:443 HTTP/1.1\r\nHost: "
            + "a.example:443\r\nConnection: close\r\n\r\n");
        (await client.ToEndAsync()).Should().Contain("HTTP/1.1 400 ").And.Contain("must be the first request");
    }

    [Fact]
    public async Task A_request_in_pieces_is_http_all_the_same()
    {
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        foreach (var letter in "COPY / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") await client.SendAsync(letter.ToString());
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 4");
    }
}
