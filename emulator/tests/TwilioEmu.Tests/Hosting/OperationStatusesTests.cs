using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Hosting;

/// <summary>The console's status of a request.</summary>
public sealed class OperationStatusesTests
{
    [Theory]
    [InlineData("CreateMessage", "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json", 201)]
    [InlineData("CreateCall", "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json", 201)]
    [InlineData("CreateService", "/v2/Services", 201)]
    [InlineData("CreateService", "/verify/v2/Services", 201)]
    [InlineData("CreateMessage", "/v9/Nothing", null)]
    [InlineData("NoSuchOperation", "/v1/Services", null)]
    public void An_operation_whose_name_other_products_have_too_is_told_by_its_path(string operation, string path, int? status) =>
        new OperationStatuses().Of(operation, path).Should().Be(status);
}
