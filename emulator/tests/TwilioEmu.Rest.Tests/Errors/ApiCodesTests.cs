using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Errors;

/// <summary>What an API says in codes of its own, and what it says while nobody has declared any.</summary>
public sealed class ApiCodesTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData(false, 409, 20409)]
    [InlineData(true, 400, 53113)]
    public async Task A_unique_name_that_is_taken_has_the_declared_code(bool isDeclared, int status, int code)
    {
        if (isDeclared) _rest.Door.Declare(new("video_v1") { Taken = (53113, 400) });
        await PostAsync("video", "/v1/Rooms", "UniqueName=r");
        var refused = await PostAsync("video", "/v1/Rooms", "UniqueName=r");
        (refused.Status, refused.Code).Should().Be((status, code));
    }

    [Theory]
    [InlineData(false, 20001)]
    [InlineData(true, 70002)]
    public async Task A_parameter_that_is_wrong_has_the_declared_code(bool isDeclared, int code)
    {
        if (isDeclared) _rest.Door.Declare(new("video_v1") { Parameters = [new(70002, Parameter: "MaxParticipants")] });
        (await PostAsync("video", "/v1/Rooms", "MaxParticipants=many")).Code.Should().Be(code);
        (await PostAsync("video", "/v1/Rooms", "EmptyRoomTimeout=many")).Code.Should().Be(20001, "another has the usual one");
    }

    [Fact]
    public async Task What_else_is_wrong_has_the_usual_code_of_its_api_and_its_words()
    {
        _rest.Door.Declare(new("verify_v2") { Invalid = 60200, InvalidWords = (name, value) => $"{name} is not {value}" });
        var refused = await PostAsync("verify", "/v2/Services", "FriendlyName=x&CodeLength=many");
        (refused.Code, refused["message"]).Should().Be((60200, "CodeLength is not many"));
        (await PostAsync("verify", "/v2/Services", "")).Code.Should().Be(60200, "a parameter that is missing is wrong");
    }

    [Fact]
    public async Task What_the_behaviour_checks_itself_is_not_checked_before()
    {
        _rest.Door.Declare(new("video_v1") { OwnChecks = ["CreateRoom"] });
        (await PostAsync("video", "/v1/Rooms", "MaxParticipants=many")).Status.Should().Be(201);
    }

    [Fact]
    public void A_row_that_names_no_operation_is_found()
    {
        _rest.Door.Declare(new("video_v1") { OwnChecks = ["CreateRoon"] });
        _rest.Door.StrayBehaviours().Should().Equal("video_v1/CreateRoon");
    }

    private Task<RestAnswer> PostAsync(string product, string path, string form) =>
        _rest.SendAsync("POST", path, form, "application/x-www-form-urlencoded", host: $"{product}.twilio.com");
}
