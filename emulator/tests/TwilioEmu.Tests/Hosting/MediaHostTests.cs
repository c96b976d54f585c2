using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Hosting;

/// <summary>The media service of conversations, over sockets: files go up, into messages, to phones, and down again.</summary>
public sealed class MediaHostTests : KeptHouse
{
    private const string Phone = "+14155550199";

    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task A_file_that_is_uploaded_goes_with_a_message_to_its_phones_and_can_be_had_again()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, conversation) = await BeginAsync(client);

        var file = await UploadAsync(client, service, "image/png", "?Filename=cat.png");
        (Text(file, "filename"), Text(file, "content_type"), file.GetProperty("size").GetInt32())
            .Should().Be(("cat.png", "image/png", Picture.Length));
        var sid = Text(file, "sid");
        var said = await PostAsync(client, $"{conversation}/Messages", ("MediaSid", sid));
        var media = said.GetProperty("media")[0];
        (Text(media, "sid"), Text(media, "filename"), said.GetProperty("body").ValueKind).Should().Be((sid, "cat.png", JsonValueKind.Null));
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await server.House.World.Loop.RunAsync(
            () => server.House.Handsets.Of(Phone).Received.Single().MediaUrls.Count, CancellationToken.None)).Should().Be(1);
        (Text(media, "category"), media.GetProperty("size").GetInt32()).Should().Be(("media", Picture.Length));

        (await client.GetByteArrayAsync($"/mcs/v1/Services/{service}/Media/{sid}/Content")).Should().Equal(Picture);
        var shown = JsonElement.Parse(await client.GetStringAsync($"/mcs/v1/Services/{service}/Media/{sid}"));
        Text(shown, "message_sid").Should().Be(Text(said, "sid"));
        using var again = await PostRawAsync(client, $"{conversation}/Messages", ("MediaSid", sid));
        (await again.Content.ReadAsStringAsync()).Should().Contain("50508");
    }

    [Fact]
    public async Task A_temporary_link_opens_without_credentials_for_five_minutes_and_as_it_was_given()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var link = Text((await UploadAsync(client, service, "image/png", "")).GetProperty("links"), "content_direct_temporary");
        using var stranger = new HttpClient { Timeout = OpenHouse.Limit };

        using (var answer = await stranger.GetAsync(link))
        {
            (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Picture);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
        }
        (await StatusAsync(stranger, link.Replace("Expires=", "Expires=9", StringComparison.Ordinal)))
            .Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(stranger, link[..link.IndexOf('?', StringComparison.Ordinal)])).Should().Be(HttpStatusCode.Unauthorized);
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(6));
        (await StatusAsync(stranger, link)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_service_is_found_by_its_host_and_refuses_what_it_does_not_know()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, conversation) = await BeginAsync(client);
        using (var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/Services/{service}/Media") { Content = Bytes("image/png") })
        {
            request.Headers.Host = "mcs.us1.twilio.com";
            using var answer = await client.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
            Text(JsonElement.Parse(await answer.Content.ReadAsStringAsync()), "url")
                .Should().StartWith("http://mcs.us1.twilio.com/v1/Services/");
        }
        var unknown = $"/mcs/v1/Services/{service}/Media/ME00000000000000000000000000000009";
        (await StatusAsync(client, unknown)).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(client, unknown.Replace(service, "IS00000000000000000000000000000009", StringComparison.Ordinal)))
            .Should().Be(HttpStatusCode.NotFound);
        using (var put = await client.PutAsync(unknown, Bytes("image/png"))) put.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        using (var refused = await PostRawAsync(client, $"{conversation}/Messages", ("MediaSid", "ME00000000000000000000000000000009")))
        {
            (await refused.Content.ReadAsStringAsync()).Should().Contain("50510");
        }
        using var stranger = new HttpClient { BaseAddress = client.BaseAddress, Timeout = OpenHouse.Limit };
        using var uninvited = await stranger.PostAsync($"/mcs/v1/Services/{service}/Media", Bytes("image/png"));
        uninvited.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_with_a_file_is_taken_too_and_what_phones_do_not_take_stays_with_a_warning()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, conversation) = await BeginAsync(client);
        using var form = new MultipartFormDataContent { { Bytes("application/zip"), "media", "all.zip" } };
        using var answer = await client.PostAsync($"/mcs/v1/Services/{service}/Media", form);
        var file = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        (Text(file, "filename"), Text(file, "content_type")).Should().Be(("all.zip", "application/zip"));
        await PostAsync(client, $"{conversation}/Messages", ("MediaSid", Text(file, "sid")), ("Body", "see this"));
        var warnings = await server.House.World.Loop.RunAsync(
            () => server.House.World.Journal.After(0).Where(e => e.Kind == "warning").Select(e => e.ToJson()).ToList(),
            CancellationToken.None);
        warnings.Should().ContainSingle().Which.Should().Contain("application/zip");
        await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await ReceivedAsync(server)).Should().Equal("see this");
    }

    [Fact]
    public async Task A_form_without_a_file_and_an_empty_one_are_refused_in_words()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var path = $"/mcs/v1/Services/{(await BeginAsync(client)).Service}/Media";
        using var fileless = new MultipartFormDataContent { { new StringContent("hi"), "note" } };
        (await RefusalAsync(client, path, fileless)).Should().Be((400, 20001, "The form has no file: a part with a file name is one"));
        using var empty = new ByteArrayContent([]);
        (await RefusalAsync(client, path, empty)).Should().Be((400, 20001, "The file is empty: it is the body of the request"));
        using var broken = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\nhalf"u8.ToArray());
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        (await RefusalAsync(client, path, broken)).Message.Should().StartWith("The form cannot be read");
        (await RefusalAsync(client, $"{path}?Category=thumbnail", Bytes("image/png"))).Message
            .Should().Be("Category is media, body, history, not thumbnail");
        (await RefusalAsync(client, $"{path}?Filename={new string('x', 257)}", Bytes("image/png"))).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_file_may_have_150_megabytes_and_more_is_refused_before_it_is_read()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        using var film = await client.PostAsync($"/mcs/v1/Services/{service}/Media", new ByteArrayContent(new byte[9 * 1024 * 1024]));
        film.StatusCode.Should().Be(HttpStatusCode.Created, "other requests end at eight");
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        var head =
            $"POST /mcs/v1/Services/{service}/Media HTTP/1.1\r\nHost: localhost\r\n"
                + $"Authorization: {client.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: video/mp4\r\nContent-Length: 200000000\r\n\r\n";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        using var answer = new StreamReader(tcp.GetStream());
        (await answer.ReadLineAsync()).Should().Be("HTTP/1.1 413 Payload Too Large");
    }

    [Theory]
    [InlineData(1 << 20, HttpStatusCode.Created)]
    [InlineData((1 << 20) + 1, HttpStatusCode.ServiceUnavailable)]
    [InlineData(1 << 24, HttpStatusCode.ServiceUnavailable)]
    public async Task A_file_is_kept_or_refused_where_files_have_little_room(int length, HttpStatusCode status)
    {
        await using var server = await StartAsync(null, mediaBytes: 1 << 20);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var path = $"/mcs/v1/Services/{service}/Media";
        foreach (var content in new HttpContent[] { new ByteArrayContent(new byte[length]), new StreamContent(new Unseekable(length)) })
        {
            using (content)
            {
                using var answer = await client.PostAsync(path, content);
                answer.StatusCode.Should().Be(status);
                var text = await answer.Content.ReadAsStringAsync();
                if (status != HttpStatusCode.Created) text.Should().Contain("20503").And.Contain("--memory");
                else (await client.GetByteArrayAsync($"{path}/{Text(JsonElement.Parse(text), "sid")}/Content")).Should().HaveCount(length);
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Uploads_that_fill_the_room_turn_the_next_away_until_they_are_gone()
    {
        const int Room = 1 << 20;
        await using var server = await StartAsync(null, mediaBytes: Room);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var path = $"/mcs/v1/Services/{service}/Media";
        var half = new byte[600_000];
        var waiting = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2; i++)
            {
                var tcp = new TcpClient();
                waiting.Add(tcp);
                await tcp.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
                await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\n"
                        + $"Content-Type: video/mp4\r\nContent-Length: {Room}\r\n\r\n"));
                await tcp.GetStream().WriteAsync(half);
            }
            // What was sent is read when it comes: another upload before that would be the one that takes the room.
            await HeldAsync(2 * Room);
            (await UploadHalfAsync()).Should().Be(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            foreach (var tcp in waiting) tcp.Dispose();
        }
        await HeldAsync(0);
        (await UploadHalfAsync()).Should().Be(HttpStatusCode.Created);

        async Task HeldAsync(long bytes)
        {
            while (server.House.Uploads.Taken != bytes) await client.GetStringAsync("/_emu/v1/health", TestContext.Current.CancellationToken);
        }

        async Task<HttpStatusCode> UploadHalfAsync()
        {
            using var answer = await client.PostAsync(path, new ByteArrayContent(half), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_file_that_is_deleted_or_whose_message_is_deleted_is_gone_and_its_phone_keeps_what_it_got()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, conversation) = await BeginAsync(client);
        var sids = new List<string>();
        foreach (var way in (string[])["itself", "its message", "its conversation"])
        {
            var sid = Text(await UploadAsync(client, service, "image/png", ""), "sid");
            var path = $"/mcs/v1/Services/{service}/Media/{sid}";
            var said = await PostAsync(client, $"{conversation}/Messages", ("MediaSid", sid));
            await server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
            (await StatusAsync(client, path)).Should().Be(HttpStatusCode.OK);
            var gone = way switch { "itself" => path, "its message" => $"{conversation}/Messages/{Text(said, "sid")}", _ => conversation };
            using (var deleted = await client.DeleteAsync(gone)) deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
            (await StatusAsync(client, path)).Should().Be(HttpStatusCode.NotFound, way);
            sids.Add(sid);
        }
        (await server.House.World.Loop.RunAsync(() => server.House.Handsets.Of(Phone).Received.Count, CancellationToken.None))
            .Should().Be(sids.Count);
    }

    [Fact]
    public async Task A_link_opens_nothing_of_an_account_that_is_suspended_or_closed()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var sub = await PostAsync(client, "/2010-04-01/Accounts.json", ("FriendlyName", "Sub"));
        var (path, sid) = ($"/2010-04-01/Accounts/{Text(sub, "sid")}.json", Text(sub, "sid"));
        using var own = new HttpClient { BaseAddress = client.BaseAddress, Timeout = OpenHouse.Limit };
        own.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{sid}:{Text(sub, "auth_token")}")));
        var service = Text(await PostAsync(own, "/conversations/v1/Services", ("FriendlyName", "Ours")), "sid");
        var link = Text((await UploadAsync(own, service, "image/png", "")).GetProperty("links"), "content_direct_temporary");
        using var stranger = new HttpClient { Timeout = OpenHouse.Limit };

        (await StatusAsync(stranger, link)).Should().Be(HttpStatusCode.OK);
        await PostAsync(client, path, ("Status", "suspended"));
        (await StatusAsync(stranger, link)).Should().Be(HttpStatusCode.Forbidden);
        await PostAsync(client, path, ("Status", "active"));
        (await StatusAsync(stranger, link)).Should().Be(HttpStatusCode.OK);
        await PostAsync(client, path, ("Status", "closed"));
        (await StatusAsync(stranger, link)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "text/html")]
    [InlineData("*/*", "application/octet-stream")]
    [InlineData("image/png, text/html", "application/octet-stream")]
    [InlineData("nothing", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task A_file_is_of_the_type_it_was_told_to_be_or_of_any_and_no_page_to_a_browser(string told, string type)
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        using var content = new ByteArrayContent(Picture);
        content.Headers.TryAddWithoutValidation("Content-Type", told);
        using var answer = await client.PostAsync($"/mcs/v1/Services/{service}/Media", content);
        var file = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Text(file, "content_type").Should().Be(type);
        using var had = await client.GetAsync($"/mcs/v1/Services/{service}/Media/{Text(file, "sid")}/Content");
        (had.Headers.GetValues("X-Content-Type-Options").Single(), had.Headers.GetValues("Content-Security-Policy").Single())
            .Should().Be(("nosniff", "sandbox"));
    }

    /// <remarks>twilio.com/docs/chat/media-support, /rest/message-resource; twilio.com/docs/api/errors/50507 to 50509.</remarks>
    [Theory]
    [InlineData("chat")]
    [InlineData("ip-messaging")]
    public async Task A_message_of_chat_carries_a_file_of_the_same_media_service(string api)
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var service = Text(await PostAsync(client, $"/{api}/v2/Services", ("FriendlyName", "Shop")), "sid");
        var channel = $"/{api}/v2/Services/{service}/Channels/{Text(await PostAsync(client, $"/{api}/v2/Services/{service}/Channels", ("UniqueName", "orders")), "sid")}";
        var sid = Text(await UploadAsync(client, service, "image/png", "?Filename=cat.png"), "sid");
        var file = $"/mcs/v1/Services/{service}/Media/{sid}";

        var said = await PostAsync(client, $"{channel}/Messages", ("MediaSid", sid), ("From", "ann"));
        (Text(said, "type"), Text(said, "from"), said.GetProperty("was_edited").GetBoolean()).Should().Be(("media", "ann", false));
        var media = said.GetProperty("media");
        (Text(media, "sid"), Text(media, "content_type"), Text(media, "filename"), media.GetProperty("size").GetInt32()).Should().Be((sid, "image/png", "cat.png", Picture.Length));
        Text(JsonElement.Parse(await client.GetStringAsync(file)), "channel_sid").Should().Be(channel.Split('/')[^1]);
        (await client.GetByteArrayAsync(file + "/Content")).Should().Equal(Picture);

        var words = await PostAsync(client, $"{channel}/Messages", ("Body", "hello"));
        (Text(words, "type"), words.GetProperty("media").ValueKind, words.GetProperty("index").GetInt32()).Should().Be(("text", JsonValueKind.Null, 1));
        (await PostAsync(client, $"{channel}/Messages/{Text(words, "sid")}", ("Body", "hello!"))).GetProperty("was_edited").GetBoolean().Should().BeTrue();
        async Task<string> RefusedAsync(string path, string name, string value)
        {
            using var answer = await PostRawAsync(client, path, (name, value));
            return await answer.Content.ReadAsStringAsync();
        }
        (await RefusedAsync($"{channel}/Messages", "MediaSid", sid)).Should().Contain("50508");
        (await RefusedAsync($"{channel}/Messages", "MediaSid", "ME00000000000000000000000000000009")).Should().Contain("50507");
        (await RefusedAsync($"{channel}/Messages/{Text(said, "sid")}", "Body", "a cat")).Should().Contain("50509");

        using (var deleted = await client.DeleteAsync($"{channel}/Messages/{Text(said, "sid")}")) deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(client, file)).Should().Be(HttpStatusCode.NotFound);
        var other = Text(await UploadAsync(client, service, "image/png", ""), "sid");
        await PostAsync(client, $"{channel}/Messages", ("MediaSid", other));
        using (var deleted = await client.DeleteAsync(channel)) deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(client, $"/mcs/v1/Services/{service}/Media/{other}")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_part_of_a_file_is_had_by_its_range()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var path = Text((await UploadAsync(client, service, "image/png", "")).GetProperty("links"), "content");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcs" + path) { Headers = { Range = new RangeHeaderValue(1, 3) } };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Picture[1..4]);
    }

    [Fact]
    public async Task An_sdk_of_a_browser_uploads_and_looks_by_its_token_and_deletes_nothing()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var key = await PostAsync(client, "Keys.json");
        var path = $"/mcs/v1/Services/{service}/Media";
        using var browser = new HttpClient { BaseAddress = client.BaseAddress, Timeout = OpenHouse.Limit };
        browser.DefaultRequestHeaders.Add("X-Twilio-Token", Token(key, service, TimeSpan.FromHours(1)));

        var file = await UploadAsync(browser, service, "image/png", "?Category=body&Filename=letter.html");
        (Text(file, "author"), Text(file, "category"), Text(file, "filename")).Should().Be(("alice", "body", "letter.html"));
        var set = await PostJsonAsync(
            browser, path + "Set",
            $$"""{"command":"get","list":[{"media_sid":"{{Text(file, "sid")}}"},{"media_sid":"ME00000000000000000000000000000009"}]}""");
        set.EnumerateArray().Select(f => (f.GetProperty("code").GetInt32(), Text(f.GetProperty("media_record"), "sid"))).Should().Equal(
            (200, Text(file, "sid")), (404, "ME00000000000000000000000000000009"));
        (await RefusalAsync(browser, path + "Set", new StringContent("{}"))).Status.Should().Be(400);
        using (var deleted = await browser.DeleteAsync($"{path}/{Text(file, "sid")}"))
        {
            deleted.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }
    }

    [Theory]
    [InlineData("of another service", 20106)]
    [InlineData("expired", 20104)]
    [InlineData("signed by nobody", 20107)]
    [InlineData("of an unknown key", 20103)]
    [InlineData("no token", 20101)]
    public async Task A_token_that_opens_nothing_is_refused_with_its_code(string what, int code)
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);
        var (service, _) = await BeginAsync(client);
        var key = await PostAsync(client, "Keys.json");
        var life = TimeSpan.FromHours(what == "expired" ? -1 : 1);
        var token = what switch
        {
            "of another service" => Token(key, "IS00000000000000000000000000000009", life),
            "signed by nobody" => Token(key, service, life)[..^4] + "AAAA",
            "of an unknown key" => Token(key, service, life, "SK00000000000000000000000000000009"),
            "no token" => "abc",
            _ => Token(key, service, life),
        };
        using var browser = new HttpClient { BaseAddress = client.BaseAddress, Timeout = OpenHouse.Limit };
        browser.DefaultRequestHeaders.Add("X-Twilio-Token", token);
        var (status, told, _) = await RefusalAsync(browser, $"/mcs/v1/Services/{service}/Media", Bytes("image/png"));
        (status, told).Should().Be((401, code));
    }

    private static async Task<(string Service, string Conversation)> BeginAsync(HttpClient client)
    {
        var begun = await PostAsync(client, "/conversations/v1/Conversations");
        var path = $"/conversations/v1/Conversations/{Text(begun, "sid")}";
        await PostAsync(
            client, $"{path}/Participants", ("MessagingBinding.Address", Phone), ("MessagingBinding.ProxyAddress", "+14155550100"));
        return (Text(begun, "chat_service_sid"), path);
    }

    private static async Task<JsonElement> UploadAsync(HttpClient client, string service, string type, string query)
    {
        using var answer = await client.PostAsync($"/mcs/v1/Services/{service}/Media{query}", Bytes(type));
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PostRawAsync(HttpClient client, string path, params (string Name, string Value)[] form) =>
        client.PostAsync(path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    private static async Task<(int Status, int Code, string Message)> RefusalAsync(HttpClient client, string path, HttpContent content)
    {
        using var answer = await client.PostAsync(path, content);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, json.GetProperty("code").GetInt32(), Text(json, "message"));
    }

    private static Task<List<string>> ReceivedAsync(EmulatorServer server) => server.House.World.Loop.RunAsync(
        () => server.House.Handsets.Of(Phone).Received.Select(t => t.Body).ToList(), CancellationToken.None);

    // As twilio.com/docs/iam/access-tokens has it.
    private static string Token(JsonElement key, string service, TimeSpan life, string? issuer = null)
    {
        issuer ??= Text(key, "sid");
        var expires = (TimeProvider.System.GetUtcNow() + life).ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["jti"] = issuer + "-1",
            ["iss"] = issuer,
            ["sub"] = OpenHouse.Account,
            ["exp"] = expires,
            ["grants"] = new JsonObject { ["identity"] = "alice", ["chat"] = new JsonObject { ["service_sid"] = service } },
        }.ToJsonString();
        var signed = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}"""u8)
            + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Text(key, "secret")), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        return answer.StatusCode;
    }

    private static ByteArrayContent Bytes(string type) => new(Picture) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    /// <summary>So many zeros, whose number is told to nobody.</summary>
    private sealed class Unseekable(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
