using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

/// <summary>Parameters that were sent and could not be read: the answer says what is missing, and beside it stands why.</summary>
public sealed class StrangeParametersTests : IAsyncDisposable
{
    private const string Form = "application/x-www-form-urlencoded";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData("IncomingPhoneNumbers.json", "phone_number=%2B14155550123", "say PhoneNumber for phone_number")]
    [InlineData("Queues.json", "friendlyname=x", "say FriendlyName for friendlyname")]
    [InlineData("Queues.json", "FriendlyName=x&maxSize=5", "say MaxSize for maxSize")]
    public async Task A_name_in_other_letters_is_told_in_the_right_ones(string path, string body, string told) =>
        (await _rest.SendAsync("POST", path, body, Form)).Headers["TwilioEmu-Warning"].ToString()
            .Should().Contain("does not know these parameters; they are ignored")
            .And.Contain(told)
            .And.Contain($": {told.Split(' ')[^1]}", "a warning names what it is about");

    [Fact]
    public async Task A_json_body_where_forms_are_read_is_told_beside_what_is_missing()
    {
        var answer = await _rest.SendAsync("POST", "Queues.json", """{"FriendlyName":"x"}""", "application/json");
        answer.Status.Should().Be(400);
        answer.Headers["TwilioEmu-Warning"].ToString().Should().Contain("a JSON body was sent to an operation that reads forms");
    }
}
