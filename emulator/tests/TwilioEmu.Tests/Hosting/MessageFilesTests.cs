using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Hosting;

/// <summary>The files of messages over sockets: where the API's address of one leads, and who gets there.</summary>
public sealed class MessageFilesTests : KeptHouse
{
    private const string Phone = "+14155550199";
    private const string Number = "+14155550100";

    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task A_client_that_follows_redirects_has_the_file_and_one_that_does_not_has_none()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var path = await ReceiveAsync(server, client);
        using (var answer = await client.GetAsync(path))
        {
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "image/png"));
            (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Picture);
        }
        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = client.BaseAddress, Timeout = OpenHouse.Limit };
        plain.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        using var led = await plain.GetAsync(path);
        (led.StatusCode, (await led.Content.ReadAsByteArrayAsync()).Length).Should().Be((HttpStatusCode.TemporaryRedirect, 0));
        led.Headers.Location!.Should().Match<Uri>(l => l.IsAbsoluteUri && l.AbsolutePath.StartsWith("/mms/AC"));
    }

    [Fact]
    public async Task The_link_asks_for_no_credentials_gives_parts_and_is_good_as_it_was_given()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = OpenHouse.Limit };
        var path = await ReceiveAsync(server, client);
        using var refused = await stranger.GetAsync(new Uri(client.BaseAddress!, path));
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseAddress!, path))
        {
            Headers = { Authorization = client.DefaultRequestHeaders.Authorization },
        };
        using var led = await stranger.SendAsync(asked);
        var link = led.Headers.Location!;

        using (var range = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(1, 3) } })
        using (var part = await stranger.SendAsync(range))
        {
            part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
            (await part.Content.ReadAsByteArrayAsync()).Should().Equal(Picture[1..4]);
            part.Headers.GetValues("Content-Security-Policy").Should().Equal("sandbox");
        }
        using (var head = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, link)))
        {
            (head.StatusCode, head.Content.Headers.ContentLength).Should().Be((HttpStatusCode.OK, Picture.Length));
        }
        using (var post = await stranger.PostAsync(link, null)) post.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        foreach (var changed in (string[])[$"{link}0", $"{link}".Split('?')[0], $"{link}".Replace("/mms/AC", "/mms/AD", StringComparison.Ordinal), new Uri(link, "/mms/x").ToString()])
        {
            using var answer = await stranger.GetAsync(changed);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, changed);
        }
        (await DeleteAsync(client, path)).Should().Be(HttpStatusCode.NoContent);
        using var gone = await stranger.GetAsync(link);
        gone.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>A phone sends a picture; its path at the API.</summary>
    private static async Task<string> ReceiveAsync(EmulatorServer server, HttpClient client)
    {
        var sid = await server.House.World.Loop.RunAsync(
            () => server.House.Handsets.Text(Phone, Number, "look", [$"data:image/png;base64,{Convert.ToBase64String(Picture)}"]),
            CancellationToken.None);
        var list = JsonElement.Parse(await client.GetStringAsync($"/2010-04-01/Accounts/{OpenHouse.Account}/Messages/{sid}/Media.json"));
        return list.GetProperty("media_list")[0].GetProperty("uri").GetString()![..^5];
    }

    private static async Task<HttpStatusCode> DeleteAsync(HttpClient client, string path)
    {
        using var answer = await client.DeleteAsync(path + ".json");
        return answer.StatusCode;
    }
}
