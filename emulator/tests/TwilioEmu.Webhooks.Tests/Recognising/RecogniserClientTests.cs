using TwilioEmu.Webhooks.Recognising;
using TwilioEmu.Webhooks.Tests.Wires;

namespace TwilioEmu.Webhooks.Tests.Recognising;

/// <summary>
/// The contract of a speech recogniser, over a socket: a WAV out, words back; whatever else comes back is a fault in words.
/// </summary>
public sealed class RecogniserClientTests
{
    [Theory]
    [InlineData("""{"transcript":" two lamps ","confidence":0.62}""", "two lamps", 0.62)]
    [InlineData("""{"transcript":"","confidence":0.1,"more":[1]}""", "", 0.1)]
    [InlineData("""{"transcript":"yes"}""", "yes", null)]
    [InlineData("""{"transcript":"yes","confidence":7}""", "yes", 1.0)]
    public async Task Words_and_how_sure_it_is_come_back(string body, string words, double? confidence)
    {
        var (heard, server) = await AskAsync(Ok(body));
        heard.Should().Be(new Recognised(words, confidence, null));
        var request = server.Requests.Should().ContainSingle().Subject;
        request.Should().StartWith("POST /hear?lang=en HTTP/1.1").And.Contain("Content-Type: audio/wav").And.EndWith("RIFF....");
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "it answered 503")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "it answered 302")]
    public async Task A_refusal_is_told(string answer, string why) => (await AskAsync(answer)).Heard.Fault.Should().Be(why);

    [Theory]
    [InlineData("{}", "no transcript")]
    [InlineData("""{"transcript":7}""", "no transcript")]
    [InlineData("[1]", "no transcript")]
    [InlineData("sorry", "no JSON")]
    public async Task An_answer_of_another_shape_is_told(string body, string why) =>
        (await AskAsync(Ok(body))).Heard.Fault.Should().Contain(why);

    [Fact]
    public async Task An_answer_without_end_is_cut() =>
        (await AskAsync(Ok($$"""{"transcript":"{{new string('x', 100_000)}}"}"""))).Heard.Fault.Should().Contain("more than");

    [Fact]
    public async Task Nobody_there_is_told()
    {
        using var client = new RecogniserClient(new Uri("http://127.0.0.1:1/hear"), TimeProvider.System);
        (await client.RecogniseAsync("RIFF...."u8.ToArray(), default)).Fault.Should().NotBeNullOrEmpty();
    }

    private static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static async Task<(Recognised Heard, RawServer Server)> AskAsync(string answer)
    {
        await using var server = new RawServer(answer);
        using var client = new RecogniserClient(new Uri($"{server.Origin}/hear?lang=en"), TimeProvider.System);
        return (await client.RecogniseAsync("RIFF...."u8.ToArray(), default), server);
    }
}
